import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { readShellHistory } from '../../formats/shell-history/shell-history.ts';
import type { RawEvent } from '../../source.ts';
import type { Home } from './homes.ts';

export type Command = Extract<RawEvent, { kind: 'shell-command' }>;

/** No shell keeps more unless told to; of a longer file the end counts. */
const mostBytes = 4 * 1024 * 1024;
const newline = 0x0a;
const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** The commands in a history, redacted; null when there is none that is the user's own plain file. */
export async function commandsIn(path: string, { user, uid }: Home): Promise<Command[] | null> {
  const bytes = ownBytes(path, uid);
  if (bytes === null) return null;
  const input = async function* (): AsyncGenerator<Buffer> {
    yield bytes;
  };
  const commands: Command[] = [];
  for await (const event of readShellHistory(input(), { file: path, now: new Date() }))
    if (event.kind === 'shell-command') commands.push({ ...event, user });
  return commands;
}

/**
 * A link to another's file would have us publish that file as commands: links are not followed, and
 * what belongs to somebody else is not read.
 */
function ownBytes(path: string, uid: number): Buffer | null {
  let fd: number;
  try {
    fd = openSync(path, flags);
  } catch {
    // No such history, or a link.
    return null;
  }
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile() || stat.uid !== uid) return null;
    const bytes = Buffer.alloc(Math.min(stat.size, mostBytes));
    const from = stat.size - bytes.length;
    const read = bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, from));
    return from === 0 ? read : read.subarray(read.indexOf(newline) + 1);
  } finally {
    closeSync(fd);
  }
}
