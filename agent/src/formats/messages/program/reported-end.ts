import { signalName, signalNumber } from '@coroner/schema/signal';
import type { RawEvent } from '../../../source.ts';
import { base, type Message } from '../message.ts';
import { databases } from './databases.ts';
import type { ReportedForm } from './form.ts';
import { otherPrograms } from './other-programs.ts';
import { webServers } from './web-servers.ts';

const forms: readonly ReportedForm[] = [...databases, ...webServers, ...otherPrograms];

/**
 * bash about a command of a script, into the output of the job: `job.sh: line 21: 77 Killed  a -b`.
 * The name of the script is taken for that of the writer.
 */
const bash =
  /^line \d{1,7}: +(?<pid>\d{1,10}) (?<words>Killed|Terminated|Aborted|Segmentation fault|Bus error|Illegal instruction|Floating point exception|Hangup|Quit|Broken pipe)(?:(?<core> +\(core dumped\)) | {2,})(?<command>\S.*)$/;

/** strsignal(3), as bash prints it. */
const named: Readonly<Record<string, string>> = {
  Killed: 'SIGKILL',
  Terminated: 'SIGTERM',
  Aborted: 'SIGABRT',
  'Segmentation fault': 'SIGSEGV',
  'Bus error': 'SIGBUS',
  'Illegal instruction': 'SIGILL',
  'Floating point exception': 'SIGFPE',
  Hangup: 'SIGHUP',
  Quit: 'SIGQUIT',
  'Broken pipe': 'SIGPIPE',
};

const telling =
  / signal |killed by signal|was sent SIG|SIG[A-Z]+ \((?:0x|signal)|'signal |signal=|\(PID|（PID| code 1\d\d \(|^line \d{1,7}: /;

/** Whether the line could be one: most lines of most programs are passed over by this alone. */
export function mayReportEnd(text: string): boolean {
  return telling.test(text);
}

/** A shell's code of an end by a signal: 128 + signal. */
const exitBase = 128;

/** A program says in its own log that a signal ended a process: a child, as a rule. */
export function reportedEnd(message: Message): RawEvent | null {
  const { program, text } = message;
  const isJobOutput = program !== null && message.pid === null && message.at === null;
  if (isJobOutput && text.startsWith('line ')) {
    const said = bash.exec(text)?.groups;
    const signal = named[said?.['words'] ?? ''];
    return said && signal
      ? ended(message, 'bash', commandName(said['command']), signal, said)
      : null;
  }
  if (!telling.test(text)) return null;
  for (const { reporter, tags, line, comm, isTagged } of forms) {
    if (program === null ? isTagged : !tags.test(program)) continue;
    const said = line.exec(text)?.groups;
    const number = said && (signalNumber(said['signal'] ?? '') ?? Number(said['code']) - exitBase);
    if (said && number) {
      const name = said['comm'] ?? nameOf(comm, program ?? reporter);
      return ended(message, reporter, name, signalName(number), said);
    }
  }
  return null;
}

function ended(
  message: Message,
  reporter: string,
  comm: string | null,
  signal: string,
  said: Readonly<Record<string, string | undefined>>,
): RawEvent {
  return {
    kind: 'reported-end',
    ...base(message),
    reporter,
    pid: said['pid'] === undefined ? null : Number(said['pid']),
    comm,
    signal,
    coreDumped: said['core'] !== undefined,
    text: message.text,
  };
}

const nameOf = (comm: string | null | undefined, otherwise: string): string | null =>
  comm === undefined ? otherwise : comm;

/** `/usr/bin/java -jar x` → `java`. */
function commandName(command: string | undefined): string | null {
  const program = /^[\w./+@-]+/.exec(command ?? '')?.[0];
  return program === undefined ? null : program.slice(program.lastIndexOf('/') + 1) || null;
}
