import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { stableId } from '@coroner/schema/identity';
import { z } from 'zod';
import type { Command } from './commands.ts';

const Stored = z.record(z.string(), z.record(z.string(), z.number()));

/** How often each command stands in each history: shells write their files anew, with what was there. */
export interface Told {
  /** No history was ever read: what stands there is the past. */
  readonly isFirst: boolean;
  /** The commands that were not there before; `known` = the file was. */
  news(path: string, commands: readonly Command[]): { known: boolean; commands: Command[] };
  save(): void;
}

const keyDigits = 16;

/** What the last run left in `file`; null = nothing is kept. */
export function openTold(file: string | null): Told {
  const left = file === null ? null : stored(file);
  const counts = new Map(Object.entries(left ?? {}));
  let changed = false;
  return {
    isFirst: left === null,
    news(path, commands) {
      const before = counts.get(path);
      const now: Record<string, number> = {};
      const added: Command[] = [];
      for (const command of commands) {
        const key = keyOf(command);
        now[key] = (now[key] ?? 0) + 1;
        if ((now[key] ?? 0) > (before?.[key] ?? 0)) added.push(numbered(command, now[key] ?? 1));
      }
      changed ||= added.length > 0 || before === undefined;
      counts.set(path, now);
      return { known: before !== undefined, commands: added };
    },
    save() {
      if (file === null || !changed) return;
      writeFileSync(`${file}.new`, JSON.stringify(Object.fromEntries(counts)), { mode: 0o600 });
      renameSync(`${file}.new`, file);
      changed = false;
    },
  };
}

const keyOf = ({ user, at, command }: Command): string =>
  stableId(user ?? '', at ?? '', command).slice(0, keyDigits);

/** An id that does not depend on the line, which moves when the shell drops old ones. */
function numbered(command: Command, count: number): Command {
  if (command.at === null) return command;
  const { user, at, command: text } = command;
  return { ...command, id: stableId('typed', user ?? '', at, text, count) };
}

function stored(file: string): Record<string, Record<string, number>> | null {
  try {
    return Stored.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // The first start, or a damaged file: what stands in the histories is the past then.
    return null;
  }
}
