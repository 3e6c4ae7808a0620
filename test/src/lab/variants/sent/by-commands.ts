import { pidNamed, untilGone } from '../../stage/processes.ts';
import { readyPid, runToEnd, stage } from '../../stage/staged.ts';
import type { Variant } from '../../variant.ts';
import { sent } from './sent.ts';

/** A leader of a process group and of a session: its pid is the group's. */
const groupLeader = (lab: Parameters<Variant['run']>[0]) => lab.victimUnder(['setsid'], 'sleep');

/** What people, scripts and programs kill with. */
export const sentByCommands: readonly Variant[] = [
  sent('/bin/kill -9', (pid) => ['/bin/kill', '-9', String(pid)]),
  sent('kill of bash', (pid) => ['bash', '-c', `kill -9 ${pid}; true`]),
  sent('kill of bash in a subshell that lives on', (pid) => [
    'bash',
    '-c',
    `kill -TERM ${pid}; sleep 0.1`,
  ]),
  sent('kill of dash', (pid) => ['dash', '-c', `kill -KILL ${pid}; true`]),
  sent('python os.kill', (pid) => ['python3', '-c', `import os; os.kill(${pid}, 9)`]),
  sent('perl kill', (pid) => ['perl', '-e', `kill 9, ${pid}`]),
  sent('/bin/kill -- -PGID', (pid) => ['/bin/kill', '-KILL', '--', `-${pid}`], groupLeader),
  sent(
    'kill of bash, -- -PGID',
    (pid) => ['bash', '-c', `kill -TERM -- -${pid}; true`],
    groupLeader,
  ),
  sent('pkill -s SID', (pid) => ['pkill', '-KILL', '-s', String(pid)], groupLeader),
  {
    cause: 'signal-from-process',
    name: 'pkill -f',
    async run(lab) {
      const path = lab.nextVictim();
      const victim = await stage(path, ['sleep']);
      await readyPid(victim);
      const actor = await runToEnd('pkill', ['-9', '-f', `^${path} sleep`]);
      await victim.gone;
      return { pid: victim.pid, actor };
    },
  },
  {
    cause: 'signal-from-process',
    name: 'pkill -P of a parent',
    async run(lab) {
      const [one, other] = [lab.nextVictim(), lab.nextVictim()];
      const parent = await stage('sh', ['-c', `${one} sleep & ${other} sleep & wait`]);
      const pid = await pidNamed(other.split('/').at(-1) ?? '');
      await readyPid(parent);
      const actor = await runToEnd('pkill', ['-TERM', '-P', String(parent.pid)]);
      await Promise.all([parent.gone, untilGone(pid)]);
      return { pid, actor };
    },
  },
  {
    cause: 'signal-from-process',
    name: 'timeout(1)',
    async run(lab) {
      const timeout = await stage('timeout', ['1', lab.nextVictim(), 'sleep']);
      const pid = await readyPid(timeout);
      await timeout.gone;
      return { pid, actor: timeout.pid };
    },
  },
  {
    cause: 'signal-from-process',
    name: 'timeout -k, for one that ignores SIGTERM',
    async run(lab) {
      const timeout = await stage('timeout', ['-k', '0.3', '0.5', lab.nextVictim(), 'ignore-term']);
      const pid = await readyPid(timeout);
      await untilGone(pid);
      return { pid, actor: timeout.pid };
    },
  },
];
