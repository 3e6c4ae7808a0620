import { abort } from './abort.ts';
import { accounted } from './accounted.ts';
import { auditedKill } from './audited-kill.ts';
import { brokenPipe } from './broken-pipe.ts';
import { cgroupKill } from './cgroup-kill.ts';
import { containerStopped } from './container-stopped.ts';
import { crash } from './crash.ts';
import { execFailed } from './exec-failed.ts';
import { exitError } from './exit-error.ts';
import { exitOk } from './exit-ok.ts';
import { hangup } from './hangup.ts';
import { hardwareMemory } from './hardware-memory.ts';
import { hostCrash } from './host-crash.ts';
import { hostShutdown } from './host-shutdown.ts';
import { lastThreadExited } from './last-thread-exited.ts';
import { loggedCrash } from './logged-crash.ts';
import { loggedOomDaemon } from './logged-oom-daemon.ts';
import { loggedTimeout } from './logged-timeout.ts';
import { loggedUnit } from './logged-unit.ts';
import { oomCgroup } from './oom-cgroup.ts';
import { oomDaemon } from './oom-daemon.ts';
import { oomHost } from './oom-host.ts';
import { oomShared } from './oom-shared.ts';
import { parentDied } from './parent-died.ts';
import { resourceLimit } from './resource-limit.ts';
import type { Rule } from './rule.ts';
import { seccomp } from './seccomp.ts';
import { serviceStopped } from './service-stopped.ts';
import { serviceTimeout } from './service-timeout.ts';
import { sessionEnded } from './session-ended.ts';
import { signalFromProcess } from './signal-from-process.ts';
import { signalToSelf } from './signal-to-self.ts';
import { sysrq } from './sysrq.ts';
import { terminalInterrupt } from './terminal-interrupt.ts';
import { timer } from './timer.ts';

/** More specific causes stand before more general ones; the first finding wins. */
export const rules: readonly Rule[] = [
  hostCrash,
  sysrq,
  oomCgroup,
  oomHost,
  hardwareMemory,
  oomDaemon,
  containerStopped,
  hostShutdown,
  sessionEnded,
  serviceTimeout,
  serviceStopped,
  parentDied,
  cgroupKill,
  seccomp,
  resourceLimit,
  brokenPipe,
  timer,
  execFailed,
  crash,
  abort,
  terminalInterrupt,
  hangup,
  signalToSelf,
  signalFromProcess,
  oomShared,
  loggedOomDaemon,
  auditedKill,
  loggedTimeout,
  loggedCrash,
  loggedUnit,
  accounted,
  lastThreadExited,
  exitOk,
  exitError,
];
