import { redactArgv } from '../../redact/redact.ts';
import type { Fields } from './record/fields.ts';
import type { RecordGroup } from './record/join.ts';
import { bytesOf, numberOf, textOf } from './record/values.ts';

/** MAX_PROCTITLE_AUDIT_LEN of the kernel: a title of this length was cut. */
const longestTitleBytes = 128;
const mostArguments = 4096;

/** Redacted argv of the event's process, from EXECVE, else PROCTITLE; null where neither is there. */
export function commandLine(group: RecordGroup): string[] | null {
  const executed = group.filter(({ type }) => type === 'EXECVE');
  if (executed.length > 0) {
    const argv = executedArguments(executed.map(({ own }) => own));
    if (argv.length > 0) return redactArgv(argv);
  }
  const title = group.find(({ type }) => type === 'PROCTITLE');
  if (!title) return null;
  const value = title.own.get('proctitle');
  if (title.interpreted) {
    const text = textOf(value)?.trim();
    return text ? redactArgv(text.split(/\s+/)) : null;
  }
  const bytes = bytesOf(value);
  if (bytes === null || bytes.length === 0) return null;
  const argv = bytes.toString('utf8').split('\0');
  if (argv.at(-1) === '' && argv.length > 1) argv.pop();
  return bytes.length >= longestTitleBytes ? redactCut(argv) : redactArgv(argv);
}

/** Half a secret is a secret: redacts as a cut argument, then takes the mark of the cut away again. */
function redactCut(argv: readonly string[]): string[] {
  const marked = redactArgv([...argv.slice(0, -1), `${argv.at(-1)}…`]);
  return [...marked.slice(0, -1), (marked.at(-1) ?? '').replace(/…$/, '')];
}

/** `argc=3 a0="kill" a1="-9" a2=…`; a long argument comes in parts `a2[0]=… a2[1]=…`, over several records. */
function executedArguments(records: readonly Fields[]): string[] {
  const argv: string[] = [];
  const argc = Math.min(numberOf(records[0]?.get('argc')) ?? 0, mostArguments);
  const find = (key: string) => records.find((fields) => fields.has(key))?.get(key);
  for (let index = 0; index < argc; index += 1) {
    const whole = textOf(find(`a${index}`));
    if (whole !== null) {
      argv.push(whole);
      continue;
    }
    const parts: Buffer[] = [];
    for (let part = bytesOf(find(`a${index}[0]`)); part; ) {
      parts.push(part);
      part = bytesOf(find(`a${index}[${parts.length}]`));
    }
    if (parts.length === 0) break;
    argv.push(Buffer.concat(parts).toString('utf8'));
  }
  return argv;
}
