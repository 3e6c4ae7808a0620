import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Alert } from './alert.ts';
import { Batch } from './batch.ts';
import { Heartbeat } from './heartbeat.ts';

/**
 * Messages as an earlier version wrote them. They must always decode: agents of a fleet are not
 * upgraded at once. Never change a file here; a new format gets a new file.
 */
const golden = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8'));

it('a batch of version 1', () => {
  const batch = Batch.parse(golden('batch-v1.json'));
  expect(batch.events.map(({ kind }) => kind)).toEqual(['death', 'oom-kill', 'gap']);
  expect(batch.events[0]).toMatchObject({ victim: { comm: '<!channel> & "x"\n' } });
});

it('every kind of event of version 1, with all of its facts', () => {
  const written = golden('batch-v1-all-kinds.json') as { events: { kind: string }[] };
  const batch = Batch.parse(written);
  expect(batch.events).toHaveLength(34);
  expect(new Set(batch.events.map(({ kind }) => kind)).size).toBe(34);
  expect(batch.events).toEqual(written.events);
});

it('an alert of version 1', () => {
  const written = golden('alert-v1.json');
  expect(Alert.parse(written)).toMatchObject(written as object);
});

it('a heartbeat of version 1', () => {
  expect(Heartbeat.parse(golden('heartbeat-v1.json')).sources).toHaveLength(1);
});
