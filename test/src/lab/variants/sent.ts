import { constants } from 'node:os';
import { runToEnd, stage } from '../actor-process.ts';
import type { Lab } from '../lab.ts';
import type { Truth, Variant } from '../variant.ts';

const { SIGKILL, SIGTERM, SIGSEGV, SIGABRT, SIGHUP, SIGINT, SIGPIPE, SIGALRM, SIGXCPU } =
  constants.signals;
const secondTryMs = 2_000;

/** A command that sends a signal to the pid given, against a victim that ends in the way given. */
const sent = (
  name: string,
  command: (pid: number, lab: Lab) => [string, ...string[]],
  how = 'sleep',
): Variant => ({
  cause: 'signal-from-process',
  name,
  async run(lab): Promise<Truth> {
    const victim = await lab.victim(how);
    const [program, ...args] = command(victim.pid, lab);
    const actor = await runToEnd(program, args);
    await victim.gone;
    return { pid: victim.pid, actor };
  },
});

const bySystemCall = (call: string, number: number, how = 'sleep'): Variant =>
  sent(
    `C ${call}, signal ${number}, victim ${how}`,
    (pid, lab) => [lab.programs.path('sender'), call, String(pid), String(number)],
    how,
  );

export const sentVariants: readonly Variant[] = [
  sent('/bin/kill -9', (pid) => ['/bin/kill', '-9', String(pid)]),
  sent('kill of bash', (pid) => ['bash', '-c', `kill -9 ${pid}; true`]),
  sent('kill of dash', (pid) => ['dash', '-c', `kill -KILL ${pid}; true`]),
  sent('python os.kill', (pid) => ['python3', '-c', `import os; os.kill(${pid}, 9)`]),
  sent('perl kill', (pid) => ['perl', '-e', `kill 9, ${pid}`]),
  bySystemCall('kill', SIGKILL),
  bySystemCall('tgkill', SIGKILL),
  bySystemCall('sigqueue', SIGTERM),
  bySystemCall('pidfd', SIGKILL),
  bySystemCall('kill', SIGTERM),
  bySystemCall('kill', SIGHUP),
  bySystemCall('kill', SIGINT),
  bySystemCall('kill', SIGSEGV),
  bySystemCall('kill', SIGABRT),
  bySystemCall('kill', SIGPIPE),
  bySystemCall('kill', SIGALRM),
  bySystemCall('kill', SIGXCPU),
  bySystemCall('kill', SIGTERM, 'catch-term'),
  bySystemCall('kill', SIGTERM, 'catch-term-143'),
  bySystemCall('kill', SIGTERM, 're-raise-term'),
  bySystemCall('kill', SIGINT, 're-raise-int'),
  {
    cause: 'signal-from-process',
    name: 'pkill -f',
    async run(lab) {
      const path = lab.nextVictim();
      const victim = await stage(path, ['sleep']);
      while (!victim.output().includes('ready')) await new Promise((done) => setTimeout(done, 5));
      const actor = await runToEnd('pkill', ['-9', '-f', `^${path} sleep`]);
      await victim.gone;
      return { pid: victim.pid, actor };
    },
  },
  {
    cause: 'signal-from-process',
    name: 'timeout(1)',
    async run(lab) {
      const timeout = await stage('timeout', ['1', lab.nextVictim(), 'sleep']);
      while (!timeout.output().includes('ready')) await new Promise((done) => setTimeout(done, 5));
      const pid = Number(/ready (\d+)/.exec(timeout.output())?.[1]);
      await timeout.gone;
      return { pid, actor: timeout.pid };
    },
  },
  {
    cause: 'signal-from-process',
    name: 'an ignored SIGTERM of one, the SIGKILL of another',
    async run(lab) {
      const victim = await lab.victim('ignore-term');
      await runToEnd('/bin/kill', ['-TERM', String(victim.pid)]);
      await new Promise((resolve) => setTimeout(resolve, secondTryMs));
      const actor = await runToEnd('/bin/kill', ['-KILL', String(victim.pid)]);
      await victim.gone;
      return { pid: victim.pid, actor };
    },
  },
];
