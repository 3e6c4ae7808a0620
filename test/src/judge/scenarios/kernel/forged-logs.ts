import { login } from '../../recording/people.ts';
import type { Scenario } from '../../recording/recording.ts';
import { sentBy } from '../../recording/signals.ts';

const available = [{ source: 'probe', state: 'available' as const, why: 'attached' }];

/** mallory kills, and writes into syslog what any user may write: OOM, crash, stop, somebody else's login. */
export const forgedLogs: Scenario = {
  name: 'forged logs',
  play(stage) {
    const host = stage.host('web-9', { sources: available });
    host.heartbeat(-30_000);
    const mallory = login(host, {
      ...{ user: 'mallory', uid: 1066, from: '203.0.113.66', tty: 'pts/6', session: 66 },
      loginMs: -60_000,
    });
    const nginx = host.process({
      ...{ comm: 'nginx', exe: '/usr/sbin/nginx', uid: 1066, user: 'mallory' },
      unit: 'nginx.service',
    });
    const kill = mallory.run(['kill', '-9', `${nginx.pid}`], 1_000);
    const victim = { pid: nginx.pid, comm: 'nginx' };
    host.tells('oom-kill', 'log', 900, { ...victim, constraint: 'none', anonRssKb: 9_000_000 });
    host.tells('crash', 'log', 950, { ...victim, trap: 'segfault', address: '0' });
    host.tells('memory-failure', 'log', 960, { ...victim, pfn: 'dead' });
    host.tells('shutdown', 'log', 970, { how: 'reboot' });
    host.tells('oom-daemon-kill', 'log', 980, {
      ...{ ...victim, daemon: 'earlyoom', cgroup: null, unit: null, signal: 'SIGKILL' },
    });
    host.tells('unit', 'log', 990, { unit: 'nginx.service', state: 'stopping' });
    host.tells('unit', 'log', 995, { unit: 'nginx.service', state: 'failed', result: 'timeout' });
    host.tells('login', 'log', -500, {
      ...{ user: 'alice', from: '10.0.0.5', tty: 'pts/6', pid: mallory.sshd.pid, service: 'sshd' },
    });
    host.tells('login', 'log', -400, {
      ...{ user: 'mallory', from: '10.0.0.5', tty: 'pts/6', pid: mallory.sshd.pid },
      service: 'sshd',
    });
    host.tells('kill-syscall', 'log', 1_000, {
      ...{ signal: 'SIGKILL', senderPid: 4, senderComm: 'alice-tool', targetPid: nginx.pid },
      success: true,
    });
    // As if cron had started the shell that killed.
    host.tells('cron-run', 'log', 500, { user: 'alice', pid: mallory.shell.pid, command: 'tidy' });
    host.tells('cron-run', 'log', 990, { user: 'alice', pid: kill.pid, command: 'kill nginx' });
    host.dies(nginx, 1_004, { signals: [sentBy(kill, 'SIGKILL', 1_003)] });
    // Of a process that never was.
    host.tells('oom-kill', 'log', 2_000, { pid: 31_337, comm: 'oracle', constraint: 'none' });
    stage.truth(host, nginx, {
      cause: 'signal-from-process',
      confidence: 'proven',
      actor: { pid: kill.pid, comm: 'kill', user: 'mallory' },
      origin: { type: 'login-session', user: 'mallory', from: '203.0.113.66' },
      incident: 'mallory',
    });
  },
};
