import type { DeathEvent } from '@coroner/schema/event/death';
import type { Event } from '@coroner/schema/event/event';
import type { Judgement } from '@coroner/schema/verdict/case';
import { aDeath, aProcess, aSignal, before, killedBy } from '@coroner/schema/verdict/testing/case';
import type { SourceStatus } from '@coroner/schema/wire/heartbeat';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Host } from '../host.ts';
import { judging } from './judging.ts';

const host = { name: 'web-3', bootId: 'boot-1' } as Host;
const weekMs = 7 * 86_400_000;
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watching(statuses: readonly SourceStatus[] = []) {
  const judgements: Judgement[] = [];
  const judged = judging(
    host,
    () => statuses,
    (judgement) => judgements.push(judgement),
  );
  const answerTo = (death: DeathEvent) => {
    judged.take(death);
    vi.advanceTimersByTime(1_000);
    return judgements.at(-1)?.answer;
  };
  return { ...judged, answerTo, judgements };
}

const began = before(4_000);
const byCron = killedBy(
  aSignal({
    current: aProcess({
      ...{ pid: 900, comm: 'kill', cmdline: ['kill', '-9', '4121'], user: 'root' },
      ancestry: [
        { pid: 890, comm: 'sh', startUs: began.bootUs, cmdline: ['/bin/sh', '-c', 'kill -9 4121'] },
        { pid: 880, comm: 'cron' },
        { pid: 870, comm: 'cron' },
        { pid: 1, comm: 'systemd' },
      ],
    }),
  }),
);
const line: Event = {
  ...{
    kind: 'cron-job',
    id: 'cron-line-1',
    source: 'crontab',
    at: null,
    file: '/etc/cron.d/night',
  },
  ...{ line: 3, user: 'root', schedule: '* * * * *', command: 'kill -9 4121', nextRun: null },
};

it('knows a cron line that was told a week ago, and forgets other evidence', () => {
  const { take, answerTo } = watching();
  take(line);
  const noise: Event = { kind: 'logout', id: 'a-logout', source: 'wtmp', at: null, user: 'x' };
  for (let i = 0; i < 5_000; i++) take({ ...noise, id: `a-logout-${i}` });
  vi.advanceTimersByTime(weekMs);
  take(noise);
  expect(answerTo(byCron)?.actor?.origin).toMatchObject({
    type: 'cron',
    file: '/etc/cron.d/night',
  });
});

it('says what could not be seen, and what was lost', () => {
  const probe: SourceStatus = { source: 'probe', state: 'missing', why: 'no BTF' };
  const { take, answerTo } = watching([probe, { source: 'kmsg', state: 'available', why: 'read' }]);
  const lost = { of: 'tracefs', since: null, until: before(50).at, lost: 7, reason: 'overrun' };
  take({ kind: 'gap', id: 'a-gap-of-tracefs', source: 'tracefs', at: before(50).at, ...lost });
  expect(answerTo(aDeath())?.gaps).toEqual([
    'blind spot of tracefs: overrun, 7 records lost',
    'probe is missing on web-3: no BTF',
  ]);
});

it('waits for the end of a command that asked for it', () => {
  const { take, answerTo, judgements } = watching();
  const systemd = aProcess({ pid: 1, comm: 'systemd' });
  const death: DeathEvent = {
    ...killedBy(aSignal({ signal: 'SIGTERM', current: systemd, ...before(50) })),
    victim: aProcess({ pid: 4121, comm: 'nginx', unit: 'nginx.service' }),
  };
  const asked: Event = {
    ...{ kind: 'request', id: 'request-1', source: 'probe', ...before(90), of: 'unit' },
    ...{ action: 'stop', targets: ['nginx.service'], waits: true },
    by: aProcess({ pid: 700, comm: 'systemctl', cmdline: ['systemctl', 'stop', 'nginx'] }),
  };
  take(asked);
  take(death);
  expect(judgements).toEqual([]);
  take({ ...asked, id: 'request-1-again', endedUs: before(-5).bootUs, exitCode: 0 });
  vi.advanceTimersByTime(1_000);
  expect(judgements[0]?.answer.actor?.pid).toBe(700);
  expect(answerTo({ ...death, id: 'another-death' })?.actor?.pid).toBe(700);
});
