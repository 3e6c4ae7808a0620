import { expect, test } from 'vitest';
import type { DeathEvent } from '../../event/death.ts';
import type { Event } from '../../event/event.ts';
import type { Origin } from '../../http/answer.ts';
import { factsOf } from '../facts/facts.ts';
import { judge } from '../judge.ts';
import type { Finding } from '../rules/rule.ts';
import {
  aCase,
  aDeath,
  aProcess,
  aSignal,
  before,
  kernelSignal,
  killedBy,
  ownSignal,
} from '../testing/case.ts';
import { inUnit, saidOfUnit, systemd } from '../testing/managers.ts';
import { adviceFor } from './advice.ts';

const pkill = (...args: string[]) =>
  aSignal({ current: aProcess({ pid: 999, comm: 'pkill', cmdline: ['pkill', ...args] }) });
const shellKill = (script: string) =>
  aSignal({
    current: aProcess({
      ...{ pid: 999, comm: 'kill', cmdline: ['kill', '-9', '4121', '4122'] },
      ancestry: [{ pid: 998, comm: 'bash', cmdline: ['bash', '-c', script] }],
    }),
  });
const killall = (...args: string[]) =>
  aSignal({
    current: aProcess({
      ...{ pid: 999, comm: 'killall', cmdline: ['killall', ...args] },
      ...{ user: 'root', auditUser: 'alice' },
    }),
  });
const bySystemd = (signal: string, ms: number) =>
  aSignal({ signal, current: systemd, ...before(ms) });
const of = (death: DeathEvent, facts: Partial<DeathEvent['victim']>): DeathEvent => ({
  ...death,
  victim: { ...death.victim, ...facts },
});
const proxy = { comm: 'nginx', cmdline: ['nginx', '-c', '/opt/python-proxy.conf'] };
const hungUp = killedBy(kernelSignal({ signal: 'SIGHUP', current: null }));
const passedLimit = killedBy(
  ownSignal({ signal: 'SIGXFSZ', info: 'none', code: null, group: false }),
);
const crashed = killedBy(ownSignal({ signal: 'SIGSEGV', code: 1, group: false }));
const core: Event = {
  kind: 'coredump',
  id: 'core',
  source: 'journal',
  ...before(-500),
  pid: 4121,
  comm: 'nginx',
};

test.each<[string, DeathEvent, Event[], RegExp | null]>([
  [
    '-f hit its arguments',
    of(killedBy(pkill('-9', '-f', 'python')), proxy),
    [],
    /^`pkill -f python` hit nginx for its arguments alone/,
  ],
  [
    'a part of its name',
    of(killedBy(pkill('node')), { comm: 'node_exporter' }),
    [],
    /^`node` is only a part of the name node_exporter: `pkill -x node`/,
  ],
  ['its very name', of(killedBy(pkill('-f', 'nginx')), proxy), [], null],
  ['-x was given', of(killedBy(pkill('-x', 'node')), { comm: 'node_exporter' }), [], null],
  ['no -f: its arguments do not matter', of(killedBy(pkill('-9', 'python')), proxy), [], null],
  ['the value of an option', of(killedBy(pkill('-9', '-u', 'python')), proxy), [], null],
  ['a value within an option', of(killedBy(pkill('-upython')), proxy), [], null],
  [
    '-f among others',
    of(killedBy(pkill('-9', '-fu', 'root', 'python')), proxy),
    [],
    /^`pkill -f python` hit/,
  ],
  [
    '--full',
    of(killedBy(pkill('--signal', 'KILL', '--full', 'python')), proxy),
    [],
    /^`pkill -f python`/,
  ],
  [
    'kill of what ps and grep found',
    of(
      killedBy(shellKill('kill -9 $(ps aux | grep python | grep -v grep | awk "{print $2}")')),
      proxy,
    ),
    [],
    /^`ps \| grep python` hit nginx for its arguments alone \(`nginx -c .*`pkill -x python`/,
  ],
  [
    'kill of what pgrep found',
    of(killedBy(shellKill('kill `pgrep -f python`')), proxy),
    [],
    /^`pgrep -f python` hit nginx/,
  ],
  [
    'the same by xargs',
    of(killedBy(shellKill("ps ax | grep '[p]ython' | xargs kill")), proxy),
    [],
    /^`ps/,
  ],
  ['a grep for its name', of(killedBy(shellKill('kill $(ps ax | grep nginx)')), proxy), [], null],
  ['grep without kill', of(killedBy(shellKill('ps aux | grep python')), proxy), [], null],
  [
    'killall of what another runs',
    of(killedBy(killall('-9', 'nginx')), { user: 'www-data', unit: 'nginx.service' }),
    [],
    /^`killall nginx` takes every nginx of the host: `killall -u alice nginx` would have spared that of www-data \(nginx.service\)/,
  ],
  ['killall of her own', of(killedBy(killall('nginx')), { user: 'alice' }), [], null],
  ['killall -u', of(killedBy(killall('-u', 'www-data', 'nginx')), { user: 'www-data' }), [], null],
  [
    'a stop that took too long',
    inUnit('nginx.service', killedBy(bySystemd('SIGTERM', 90_000), bySystemd('SIGKILL', 0))),
    [],
    /^The time that was up is TimeoutStopSec= of nginx.service \(it had 1 min 30 s\)/,
  ],
  [
    'a watchdog',
    inUnit('nginx.service', killedBy(bySystemd('SIGABRT', 0))),
    [saidOfUnit({ state: 'watchdog' }, 4)],
    /WatchdogSec= of nginx.service\.$/,
  ],
  ['a regular expression', of(killedBy(pkill('-f', 'py.*')), proxy), [], null],
  [
    'kill PID',
    killedBy(
      aSignal({ current: aProcess({ pid: 9, comm: 'kill', cmdline: ['kill', '-9', '4121'] }) }),
    ),
    [],
    null,
  ],
  [
    'a hangup',
    of(hungUp, { comm: 'train', cmdline: ['./train.sh', '--all'] }),
    [],
    /^`nohup .\/train.sh --all &`, or the same in tmux/,
  ],
  ['a hangup of a shell', of(hungUp, { comm: 'bash', cmdline: ['-bash'] }), [], null],
  [
    'a file size of a unit',
    of(passedLimit, { unit: 'dump.service' }),
    [],
    /^Raise LimitFSIZE= in dump.service\.$/,
  ],
  [
    'a file size below a shell',
    of(passedLimit, { ancestry: [{ pid: 7, comm: 'bash' }] }),
    [],
    /^Raise `ulimit -f` where bash \(pid 7\) starts it/,
  ],
  ['a file size of nobody known', passedLimit, [], null],
  ['a crash with a core', crashed, [core], /`coredumpctl debug 4121`/],
  ['a crash without one', crashed, [], null],
  [
    'an exit',
    aDeath({ signals: [], exit: { code: 0, signal: null, coreDumped: false } }),
    [],
    null,
  ],
])('%s', (_, death, evidence, expected) => {
  const { advice } = judge(aCase(death, ...evidence)).answer.verdict;
  expect(advice).toEqual(expected ? [expect.stringMatching(expected)] : []);
});

test('a cron line is named by file and line', () => {
  const origin: Origin = {
    type: 'cron',
    file: '/etc/cron.d/clean',
    line: 3,
    schedule: '0 3 * * *',
    command: 'clean',
    nextRun: null,
  };
  const finding: Finding = {
    cause: 'signal-from-process',
    confidence: 'proven',
    clause: '',
    actor: null,
  };
  const facts = factsOf(aCase(aDeath()));
  expect(adviceFor(facts, finding, origin)).toEqual([
    'The line to change is /etc/cron.d/clean:3, which runs at `0 3 * * *`.',
  ]);
  expect(adviceFor(facts, finding, { ...origin, file: null })).toEqual([]);
});
