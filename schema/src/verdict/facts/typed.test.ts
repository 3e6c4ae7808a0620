import { expect, it } from 'vitest';
import type { Event } from '../../event/event.ts';
import { judge } from '../judge.ts';
import { aCase, aDeath, aProcess, aSignal, before } from '../testing/case.ts';

const victim = aProcess({ pid: 4121, comm: 'nginx', unit: 'nginx.service' });
const signals = [aSignal()];
const death = aDeath({ victim, signals });
const unrecorded = {
  ...aDeath({ victim, signals: [], exit: { code: null, signal: 'SIGKILL', coreDumped: false } }),
  source: 'log' as const,
  bootUs: null,
};
const typed = (command: string, ms = 2_000): Event => ({
  kind: 'shell-command',
  id: `typed-${ms}`,
  source: 'shell-history',
  at: before(ms).at,
  user: 'bob',
  command,
});
const cited = (event: Event, of = death) =>
  judge(aCase(of, event)).answer.evidence.filter(({ kind }) => kind === 'shell-command');

it.each([
  'kill -9 4121',
  'sudo pkill nginx',
  'cd /x && systemctl stop nginx.service',
  'killall -9 "nginx"',
])('%s stands beside the verdict', (command) => {
  expect(cited(typed(command))).toMatchObject([{ text: expect.stringContaining(command) }]);
});

it.each([
  ['another pid', 'kill -9 41211', 2_000],
  ['no end', 'grep nginx /var/log/syslog', 2_000],
  ['long before', 'kill -9 4121', 60_000],
  ['afterwards', 'kill -9 4121', -5_000],
])('%s does not', (_, command, ms) => {
  expect(cited(typed(command, ms))).toEqual([]);
});

it('accuses nobody', () => {
  const { answer } = judge(aCase(unrecorded, typed('kill -9 4121')));
  expect(answer.verdict).toMatchObject({ cause: 'unknown', confidence: 'unknown' });
  expect(answer.actor).toBeNull();
  expect(answer.verdict.summary).not.toContain('bob');
  expect(cited(typed('kill -9 4121'), unrecorded)).toHaveLength(1);
});
