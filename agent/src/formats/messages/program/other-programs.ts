import { own, type ReportedForm } from './form.ts';

export const otherPrograms: readonly ReportedForm[] = [
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
  {
    // src/master/service-monitor.c; from a child's own log line too.
    reporter: 'dovecot',
    tags: /^(?:dovecot|master)$/,
    line: /^(?:[\w-]{1,32}(?:\([^()]{0,64}\))?(?:<[^<>]{0,32}>){0,2}: )?(?:Error|Fatal|Warning): (?:master: )?service\((?<comm>[\w-]{1,32})\): child (?<pid>\d{1,10}) killed with signal (?<signal>\d{1,3})(?<core> \(core dumped\))?(?: |$)/,
    isTagged: true,
  },
  {
    // src/master/master_spawn.c.
    reporter: 'postfix',
    tags: /^master$/,
    line: /^warning: process (?:\/[\w./-]{0,128}\/)?(?<comm>[\w-]{1,32}) pid (?<pid>\d{1,10}) killed by signal (?<signal>\d{1,3})$/,
    isTagged: true,
  },
];
