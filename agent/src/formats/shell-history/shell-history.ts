import { redactText } from '../../redact/redact.ts';
import type { RawEvent } from '../../source.ts';
import { byteLines } from '../lines.ts';
import type { Reader } from '../reader.ts';
import { createHistoryParser, type HistoryCommand, type HistoryParser } from './commands.ts';
import { type HistoryFile, historyFile } from './dialect.ts';
import { unmetafy } from './metafy.ts';

/** Year 2200. */
const latestSeconds = 7_258_118_400;

/** Histories of bash, zsh, fish, tcsh, ash and plain ones; commands are redacted. */
export const readShellHistory: Reader = async function* (input, { file }) {
  let known: HistoryFile | null = null;
  let parser: HistoryParser | null = null;
  let number = 0;
  for await (const bytes of byteLines(input)) {
    number += 1;
    if (known === null || parser === null) {
      const first = bytes.toString('utf8');
      if (first.trim() === '') continue;
      known = historyFile(file, first);
      parser = createHistoryParser(known.dialect);
    }
    const text = (known.dialect === 'zsh' ? unmetafy(bytes) : bytes).toString('utf8');
    const command = parser.line(text, number);
    if (command) yield commandEvent(command, known);
  }
  const last = parser?.end();
  if (last && known) yield commandEvent(last, known);
};

function commandEvent({ command, seconds, line }: HistoryCommand, file: HistoryFile): RawEvent {
  const isTime = seconds !== null && seconds > 0 && seconds < latestSeconds;
  return {
    kind: 'shell-command',
    source: 'shell-history',
    at: isTime ? new Date(seconds * 1000).toISOString() : null,
    user: file.user,
    command: redactText(command),
    shell: file.shell,
    line,
  };
}
