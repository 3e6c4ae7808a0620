import { expect, test } from 'vitest';
import { atLeast, severityOf } from './severity.ts';

const one = { confidence: 'proven', deaths: 1, hosts: 1 } as const;

test.each([
  ['a host that crashed', { ...one, cause: 'host-crash' }, 'critical'],
  ['a guess at a crash', { ...one, cause: 'host-crash', confidence: 'possible' }, 'warning'],
  ['a kill', { ...one, cause: 'signal-from-process' }, 'warning'],
  ['a kill of many', { ...one, cause: 'signal-from-process', deaths: 25 }, 'critical'],
  ['one less', { ...one, cause: 'signal-from-process', deaths: 24 }, 'warning'],
  ['nobody knows why', { ...one, cause: 'unknown', confidence: 'unknown' }, 'warning'],
  ['a stop', { ...one, cause: 'service-stopped' }, 'info'],
  ['a stop on three hosts', { ...one, cause: 'service-stopped', hosts: 3 }, 'warning'],
  ['a crash that is everywhere', { ...one, cause: 'oom-host', hosts: 9, deaths: 99 }, 'critical'],
] as const)('%s', (_, incident, severity) => {
  expect(severityOf(incident)).toBe(severity);
});

test('severities have an order', () => {
  expect(atLeast('critical', 'warning')).toBe(true);
  expect(atLeast('info', 'info')).toBe(true);
  expect(atLeast('info', 'warning')).toBe(false);
});
