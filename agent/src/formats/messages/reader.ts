import type { RawEvent } from '../../source.ts';
import { atLine, cronLine, crontabLine } from './host/cron.ts';
import { lastWords, shutdownLine } from './host/shutdown.ts';
import { earlyoomMatcher } from './memory/earlyoom.ts';
import { lmkdLine } from './memory/lmkd.ts';
import { nohangMatcher } from './memory/nohang.ts';
import { facebookOomdLine, oomdLine } from './memory/oomd.ts';
import { type Matcher, type Message, stateless } from './message.ts';
import { logindMatcher } from './person/logind.ts';
import { doasLine, pkexecLine, suLine } from './person/privilege.ts';
import { sessionMatcher } from './person/sessions.ts';
import { sudoMatcher } from './person/sudo.ts';
import { sudoFileMatcher } from './person/sudo-file.ts';
import { mayReportEnd, reportedEnd } from './program/reported-end.ts';
import { supervisorMatcher } from './program/supervisor.ts';
import { apportMatcher } from './service/apport.ts';
import { auditMatcher } from './service/audit.ts';
import { abrtLine, coredumpMatcher } from './service/coredump.ts';
import { coredumpctlMatcher } from './service/coredumpctl.ts';
import { systemdMatcher } from './service/systemd.ts';
import { upstartLine } from './service/upstart.ts';
import { containerLine } from './workload/containers.ts';
import { engineEvent } from './workload/engine-events.ts';
import { pbsLine } from './workload/pbs.ts';
import { slurmLine } from './workload/slurm.ts';

export interface MessageReader extends Matcher {
  /** Whether a message could matter; most lines of most logs are passed over by this alone. */
  matters(program: string | null, text: string): boolean;
}

/** PAM's lines come under the name of every program that lets people in. */
const pamText = /^(?:\(pam_unix\) |pam_|PAM: |session |authentication failure)/;

/** Finds the events in the messages of all programs that are known to say how processes end. */
export function messageReader(): MessageReader {
  const sessions = sessionMatcher();
  const earlyoom = earlyoomMatcher();
  const nohang = nohangMatcher();
  const logind = logindMatcher();
  const sudo = sudoMatcher();
  const sudoFile = sudoFileMatcher();
  const coredump = coredumpMatcher();
  const coredumpctl = coredumpctlMatcher();
  const systemd = systemdMatcher();
  const supervisor = supervisorMatcher();
  const reported = stateless(reportedEnd);
  const audit = auditMatcher();
  const apport = apportMatcher();
  const cron = stateless(cronLine);
  const slurm = stateless(slurmLine);
  const shutdown = stateless(shutdownLine);
  const containers = stateless(containerLine);
  const abrt = stateless(abrtLine);
  const crontab = stateless(crontabLine);
  const lmkd = stateless(lmkdLine);
  const engine = stateless(engineEvent);
  const pbs = stateless(pbsLine);
  const oomd = stateless(facebookOomdLine);
  const families: ReadonlyMap<string, Matcher> = new Map([
    ['su', stateless(suLine)],
    ['sudo', sudo],
    ['pkexec', stateless(pkexecLine)],
    ['doas', stateless(doasLine)],
    ['systemd-logind', logind],
    ['elogind-daemon', logind],
    ['cron', cron],
    ['crond', cron],
    ['anacron', cron],
    ['atd', stateless(atLine)],
    ['fcron', cron],
    ['busybox', cron],
    ['crontab', crontab],
    ['fcrontab', crontab],
    ['systemd', systemd],
    ['systemd-shutdown', stateless(lastWords)],
    ['systemd-coredump', coredump],
    ['abrt-hook-ccpp', abrt],
    ['abrt', abrt],
    ['abrtd', abrt],
    ['systemd-oomd', stateless(oomdLine)],
    ['oomd', oomd],
    // `oomd kill: `, which looks like a host and a program.
    ['kill', oomd],
    ['oomd kill', oomd],
    ['earlyoom', earlyoom],
    ['nohang', nohang],
    ['nohang-desktop', nohang],
    ['lmkd', lmkd],
    ['lowmemorykiller', lmkd],
    ['slurmstepd', slurm],
    ['slurmd', slurm],
    ['slurmctld', slurm],
    ['dockerd', containers],
    ['dockerd-current', containers],
    ['docker', containers],
    ['containerd', containers],
    ['kubelet', containers],
    ['k3s', containers],
    ['apport', apport],
    ['supervisord', supervisor],
    ['conmon', containers],
    ['crio', containers],
    ['podman', containers],
    ['audit', audit],
    ['audispd', audit],
    ['audisp-syslog', audit],
    ['audisp-remote', audit],
    ['shutdown', shutdown],
    ['init', stateless(initLine)],
    ['upstart', stateless(upstartLine)],
  ]);
  /** What these programs print is their own also where no tag says so (their own log files). */
  const untagged = [
    earlyoom,
    nohang,
    lmkd,
    slurm,
    supervisor,
    reported,
    audit,
    coredumpctl,
    engine,
    pbs,
    oomd,
    sudoFile,
  ];
  const stateful: readonly Matcher[] = [
    sessions,
    sudo,
    sudoFile,
    earlyoom,
    audit,
    apport,
    coredumpctl,
  ];

  return {
    matters: (program, text) =>
      program === null ||
      families.has(program) ||
      mayReportEnd(text) ||
      sessionPrograms.has(program) ||
      program.startsWith('(') ||
      pamText.test(text),
    push(message) {
      if (message.program === null) return untagged.flatMap((matcher) => matcher.push(message));
      // A child of systemd that has not executed its program yet is called `(program)`.
      const family = message.program.startsWith('(') ? systemd : families.get(message.program);
      const own = (family ?? reported).push(message);
      const shared = sessions.push(message);
      return shared.length === 0 ? own : [...own, ...shared];
    },
    flush: (): RawEvent[] => stateful.flatMap((matcher) => [...matcher.flush()]),
  };
}

/** System V's, Upstart, or Android's. */
function initLine(message: Message): RawEvent | null {
  return shutdownLine(message) ?? upstartLine(message) ?? reportedEnd(message);
}

const sessionPrograms: ReadonlySet<string> = new Set([
  'sshd',
  'sshd-session',
  'dropbear',
  'login',
  '-- root',
]);

const pathAndVariant = /^.*\/|\(pam_unix\)$|\.service$/g;
const mostCached = 4096;
const cache = new Map<string, string>();

/** `/USR/SBIN/CRON`, `sshd(pam_unix)`, `ssh.service` → the name that families are known by. */
export function programName(tag: string | null): string | null {
  if (tag === null) return null;
  const cached = cache.get(tag);
  if (cached !== undefined) return cached;
  if (cache.size >= mostCached) cache.clear();
  const name = familyName(tag.replace(pathAndVariant, '').toLowerCase());
  cache.set(tag, name);
  return name;
}

function familyName(name: string): string {
  if (name === 'ssh' || name === 'sshd-auth') return 'sshd';
  return name === 'init.scope' ? 'systemd' : name;
}
