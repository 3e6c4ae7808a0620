import { judge } from '@coroner/schema/verdict/judge';
import { Alert } from '@coroner/schema/wire/alert';
import { expect, test } from 'vitest';
import { killed } from '../testing/deaths.ts';
import { fitted } from './fitted.ts';

const { answer } = judge({
  ...{ host: 'web-3', bootId: 'b', death: killed({}), evidence: [], gaps: [], sources: [] },
});
const at = '2026-08-01T03:00:00Z';
const alert = (more: object): Alert =>
  Alert.parse({
    ...{ v: 1, incidentId: 'i', revision: 1, title: 't', firstAt: at, lastAt: at, deaths: 1 },
    ...{ hosts: ['web-3'], victims: [] },
    answer: { ...answer, related: { incidentId: 'i', sameActor: 0, hosts: [] }, ...more },
  });
const task = { pid: 1, comm: 'java', rssPages: 1, oomScoreAdj: 0 };
const oom = {
  ...{ constraint: null, cgroup: '/app', usageKb: 1, limitKb: 1, anonRssKb: 1, invokedBy: null },
  tasks: Array.from({ length: 20_000 }, () => task),
};

test('what fits is sent as it is', () => {
  const small = alert({});
  expect(JSON.parse(fitted(small, 1_000_000))).toEqual(JSON.parse(JSON.stringify(small)));
});

test('a dump of all tasks of a host goes before the verdict and its evidence do', () => {
  const text = fitted(alert({ oom }), 100_000);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(100_000);
  const sent = Alert.parse(JSON.parse(text));
  expect(sent.answer.oom).toMatchObject({ cgroup: '/app', tasks: [] });
  expect(sent.answer.verdict).toEqual(answer.verdict);
  expect(sent.answer.evidence).toEqual(answer.evidence);
});

test('evidence goes last, and then it is said that it cannot be sent', () => {
  const line = { eventId: 'e', at: null, source: 'log', kind: 'crash', text: 'x'.repeat(9_000) };
  const long = alert({ evidence: Array.from({ length: 50 }, () => line) });
  const few = Alert.parse(JSON.parse(fitted(long, 100_000)));
  expect(few.answer.evidence).toHaveLength(10);
  expect(Alert.parse(JSON.parse(fitted(long, 20_000))).answer.evidence).toEqual([]);
  expect(() => fitted(long, 100)).toThrow(/without its evidence, nats-server takes 100$/);
});
