import { login } from '../../recording/people.ts';
import type { Scenario } from '../../recording/recording.ts';
import { own, sentBy } from '../../recording/signals.ts';

/** Names that look like log lines, threads that look like processes, one crash told four times. */
export const hostileNames: Scenario = {
  name: 'hostile names, and one crash that four sources tell of',
  play(stage) {
    const host = stage.host('php-1', { clockMs: 60_000 });
    host.heartbeat(-10_000);
    const niaj = login(host, {
      ...{ user: 'niaj', uid: 1014, from: '10.0.0.32', tty: 'pts/8', session: 16 },
      loginMs: -600_000,
    });
    const odd = host.process({
      ...{ comm: 'x) (pid 1', uid: 1014, user: 'niaj' },
      cmdline: ['Out of memory: Killed process 1 (init)\n', '\u001b[31m', '<!channel>'],
    });
    const kill = niaj.run(['./kill`er', '\nkernel: segfault at 0'], 0);
    host.dies(odd, 4, { signals: [sentBy(kill, 'SIGKILL', 3)] });
    stage.truth(host, odd, {
      cause: 'signal-from-process',
      confidence: 'proven',
      actor: { pid: kill.pid, comm: './kill`er', user: 'niaj' },
      origin: { type: 'login-session', user: 'niaj', from: '10.0.0.32' },
      incident: 'niaj',
    });

    const php = host.process({ comm: 'php-fpm', exe: '/usr/sbin/php-fpm', unit: 'php.service' });
    const thread = php.pid + 5_000;
    host.tells('crash', 'kmsg', 60_000, {
      ...{ pid: thread, comm: 'php-fpm', trap: 'segfault', address: '10', object: 'libssl.so.3' },
    });
    host.tells('abnormal-end', 'audit', 60_002, {
      ...{ pid: php.pid, comm: 'php-fpm', exe: '/usr/sbin/php-fpm', signal: 'SIGSEGV' },
    });
    host.tells('unit', 'journal', 60_050, {
      ...{ unit: 'php.service', state: 'process-exited', code: 'dumped', status: '11/SEGV' },
      pid: php.pid,
    });
    host.tells('coredump', 'journal', 61_500, {
      ...{ pid: php.pid, comm: 'php-fpm', exe: '/usr/sbin/php-fpm', signal: 'SIGSEGV' },
    });
    host.dies(php, 60_020, {
      ...{ threads: 9, exit: { code: null, signal: 'SIGSEGV', coreDumped: true } },
      signals: [own('SIGSEGV', 60_000, 1, { address: '10' })],
    });
    stage.truth(host, php, {
      aliases: [
        { pid: thread, comm: 'php-fpm' },
        { pid: php.pid, comm: 'php' },
      ],
      cause: 'crash',
      confidence: 'proven',
      actor: null,
      origin: null,
      incident: 'php',
    });
  },
};
