import { signalName, signalNumber } from '@coroner/schema/signal';
import type { RawEvent } from '../../../source.ts';
import { base, type Message } from '../message.ts';

interface Form {
  readonly reporter: string;
  /** Programs that log it under their own name; in a log of its own a program names nobody. */
  readonly tags: RegExp;
  readonly line: RegExp;
  /** Name of the process that ended, where it is always the same; null where nothing says it. */
  readonly comm?: string | null;
  /** It has no log of its own. */
  readonly isTagged?: true;
}

/** Only in its own log. */
const own = /^$/;
/** Levels, process ids and thread names that a program puts before its message. */
const lead = '^(?:\\[[^\\]"\']{1,40}\\]:? ){0,4}';

const forms: readonly Form[] = [
  {
    // src/backend/postmaster/postmaster.c LogChildExit; the prefix is log_line_prefix.
    reporter: 'postgres',
    tags: /^(?:postgres|postmaster|postgresql)/,
    line: /^(?:(?!\b[A-Z]{4,12}: )[^"']){0,120}?\bLOG: {1,2}[\w() -]{3,60} \(PID (?<pid>\d{1,10})\) was terminated by signal (?<signal>\d{1,3})(?:: [\w ()/+-]{1,40})?\s*$/,
    comm: 'postgres',
  },
  {
    // src/os/unix/ngx_process.c ngx_process_get_status.
    reporter: 'nginx',
    tags: /^(?:nginx|openresty|angie)/,
    line: /^(?:[\d/]{10} [\d:]{8} )?(?:\[\w+\] )?\d{1,10}#\d{1,10}: (?:worker|cache manager|cache loader|privileged agent|dyn) process (?<pid>\d{1,10}) exited on signal (?<signal>\d{1,3})(?<core> \(core dumped\))?/,
    comm: 'nginx',
  },
  {
    // sapi/fpm/fpm/fpm_children.c.
    reporter: 'php-fpm',
    tags: /^php[\d.]*-fpm/,
    line: /^(?:\[?(?:WARNING|NOTICE|ALERT|ERROR)[\]:]{1,2} )?\[pool [^\]"']{1,64}\] child (?<pid>\d{1,10}) exited on signal (?<signal>\d{1,3}) \((?<core>SIG\w+ - core dumped)?/,
  },
  {
    // server/mpm_unix.c ap_process_child_status: AH00050, AH00051, AH00052.
    reporter: 'httpd',
    tags: /^(?:httpd|apache2?)/,
    line: new RegExp(
      `${lead}(?:AH0005[0-2]: )?child pid (?<pid>\\d{1,10}) exit signal [\\w /-]{1,40} \\((?<signal>\\d{1,3})\\)(?<core>, possible coredump)?`,
    ),
  },
  {
    // gunicorn/arbiter.py reap_workers.
    reporter: 'gunicorn',
    tags: /^gunicorn/,
    line: new RegExp(
      `${lead}Worker (?:\\(pid:|with pid )(?<pid>\\d{1,10})\\)? was (?:sent|terminated due to signal) (?<signal>SIG\\w+|\\d{1,3})`,
    ),
    comm: 'gunicorn',
  },
  {
    // core/master_checks.c.
    reporter: 'uwsgi',
    tags: /^uwsgi/,
    line: /^DAMN ! (?:worker|mule|spooler|gateway)[^(]{0,40}\(pid: (?<pid>\d{1,10})\) died, killed by signal (?<signal>\d{1,3}) :\(/,
    comm: 'uwsgi',
  },
  {
    // orterun's help text, one line.
    reporter: 'mpirun',
    tags: own,
    line: /^(?:mpirun|mpiexec) noticed that process rank \d+ with PID (?<pid>\d{1,10}) on node \S+ exited on signal (?<signal>\d{1,3}) \(/,
    comm: null,
  },
  {
    // hotspot/share/utilities/vmError.cpp: a JVM about itself, on its console and in hs_err_pid*.log.
    reporter: 'java',
    tags: own,
    line: /^#\s+(?<signal>SIG[A-Z]+) \(0x[0-9a-f]+\) at pc=0x[0-9a-f]+, pid=(?<pid>\d{1,10}), tid=/,
    comm: 'java',
  },
  {
    // bionic/linker/debuggerd: a process of Android about itself.
    reporter: 'libc',
    tags: /^libc$/,
    line: /^Fatal signal (?<signal>\d{1,2}) \(SIG\w+\), .{0,200}, pid (?<pid>\d{1,10}) \((?<comm>.{1,255})\)$/s,
    isTagged: true,
  },
  {
    // com_android_internal_os_Zygote.cpp SigChldHandler.
    reporter: 'zygote',
    tags: /^zygote(?:64|32)?$/,
    line: /^Process (?<pid>\d{1,10}) (?:exited due to|terminated by) signal \(?(?<signal>\d{1,2})\)?/,
    comm: null,
    isTagged: true,
  },
  {
    // system/core/init/service.cpp: the name is the service's.
    reporter: 'init',
    tags: /^init$/,
    line: /^Service '(?<comm>[^']{1,64})' \(pid (?<pid>\d{1,10})\) (?:killed by|received) signal (?<signal>\d{1,2})\b/,
    isTagged: true,
  },
];

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

const telling = / signal |killed by signal|was sent SIG|SIG[A-Z]+ \(0x|^line \d{1,7}: /;

/** Whether the line could be one: most lines of most programs are passed over by this alone. */
export function mayReportEnd(text: string): boolean {
  return telling.test(text);
}

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
    const number = said && signalNumber(said['signal'] ?? '');
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
    pid: Number(said['pid']),
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
