import { expect, it } from 'vitest';
import type { DeathEvent } from '../../event/death.ts';
import type { Event, EventOf } from '../../event/event.ts';
import { judge } from '../judge.ts';
import { aCase, aDeath, aSignal, before, exited, kernelSignal, killedBy } from '../testing/case.ts';
import { oomOfHost } from '../testing/reports.ts';

const asked = (
  action: EventOf<'sysrq'>['action'],
  facts: Partial<EventOf<'sysrq'>> = {},
): EventOf<'sysrq'> => ({
  ...{ kind: 'sysrq', id: 'somebody-asked', source: 'kmsg', ...before(5), action },
  ...facts,
});
const made = (signal: string) => killedBy(kernelSignal({ signal }));
const marked = { ...made('SIGKILL'), oomMarked: true };
const manual = { ...oomOfHost, manual: true };
const logged = (source: 'log' | 'journal'): DeathEvent => ({ ...aDeath({ signals: [] }), source });

it.each<[string, string, DeathEvent, Event, string]>([
  ['f', 'proven', marked, manual, 'sysrq f'],
  ['i', 'proven', made('SIGKILL'), asked('kill-all'), 'sysrq i'],
  ['e', 'proven', made('SIGTERM'), asked('terminate-all'), 'sysrq e'],
  [
    'e, which it caught',
    'proven',
    exited(0, kernelSignal({ signal: 'SIGTERM' })),
    asked('terminate-all'),
    'it caught the signal',
  ],
  ['k', 'proven', made('SIGKILL'), asked('sak', { pid: 4121 }), 'sysrq k'],
  ['i, of logs alone', 'likely', logged('journal'), asked('kill-all'), 'sysrq i'],
  ['f, in the log of the kernel alone', 'proven', logged('journal'), manual, 'sysrq f'],
  ['f, in a text log alone', 'likely', logged('log'), { ...manual, source: 'log' }, 'sysrq f'],
])('%s is %s', (_, confidence, death, event, words) => {
  const { verdict, actor, evidence } = judge(aCase(death, event)).answer;
  expect(verdict).toMatchObject({ cause: 'sysrq', confidence });
  expect(verdict.summary).toContain(words);
  expect(actor).toBeNull();
  expect(evidence.map(({ eventId }) => eventId)).toContain(event.id);
});

it.each<[string, DeathEvent, Event, string]>([
  ['a kill by a person', killedBy(aSignal()), asked('kill-all'), 'signal-from-process'],
  ['another signal', made('SIGKILL'), asked('terminate-all'), 'unknown'],
  ['a request that came later', made('SIGKILL'), asked('kill-all', before(-3_000)), 'unknown'],
  ['the SAK that hit another', made('SIGKILL'), asked('sak', { pid: 7 }), 'unknown'],
  ['a line of a text log', logged('log'), asked('kill-all', { source: 'log' }), 'unknown'],
  ['an OOM kill', marked, asked('kill-all'), 'oom-host'],
])('%s is none', (_, death, event, cause) => {
  expect(judge(aCase(death, event)).answer.verdict.cause).toBe(cause);
});
