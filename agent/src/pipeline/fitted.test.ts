import { DeathEvent } from '@coroner/schema/event/death';
import type { Event } from '@coroner/schema/event/event';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fitted, maxEventBytes } from './fitted.ts';

function death(cmdline: string[], comm = 'java'): Event {
  return {
    kind: 'death',
    id: 'death-of-java',
    source: 'probe',
    at: '2026-11-23T03:12:07.123456Z',
    victim: { pid: 7, comm, cmdline, ancestry: [] },
    exit: { code: 1, signal: null, coreDumped: false },
    signals: [],
    signalsLost: 0,
    oomMarked: false,
  };
}

it('leaves alone what fits', () => {
  const event = death(['java', '-jar', 'a.jar']);
  expect(JSON.parse(fitted(event))).toEqual(event);
});

it('shortens a command line of 128 kB, and says so', () => {
  const json = fitted(death(['java', 'x'.repeat(128 * 1024)]));
  expect(Buffer.byteLength(json)).toBeLessThanOrEqual(maxEventBytes);
  const event = DeathEvent.parse(JSON.parse(json));
  expect(event).toMatchObject({ id: 'death-of-java', shortened: true });
  expect(event.victim).toMatchObject({ pid: 7, comm: 'java', cmdlineTruncated: true });
  expect(event.victim.cmdline?.[1]).toMatch(/^x+…$/);
});

it('fits whatever stands in it, and never drops it', () => {
  const long = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 200 })
    .map((text) => text.repeat(500));
  fc.assert(
    fc.property(fc.array(long, { minLength: 1, maxLength: 40 }), (cmdline) => {
      const json = fitted(death(cmdline));
      expect(Buffer.byteLength(json)).toBeLessThanOrEqual(maxEventBytes);
      expect(DeathEvent.parse(JSON.parse(json)).victim.pid).toBe(7);
    }),
    { numRuns: 50 },
  );
});

it('shortens the task dump of an OOM report', () => {
  const tasks = Array.from({ length: 3000 }, (_, pid) => ({ pid, comm: `worker-${pid}`, rss: 5 }));
  const event: Event = {
    kind: 'oom-kill',
    id: 'oom-of-java',
    source: 'kmsg',
    at: null,
    pid: 7,
    comm: 'java',
    tasks,
  };
  const shortened = JSON.parse(fitted(event));
  expect(shortened).toMatchObject({ pid: 7, shortened: true });
  expect(shortened.tasks.length).toBeGreaterThan(100);
});
