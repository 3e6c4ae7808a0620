import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
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

it('a heartbeat of version 1', () => {
  expect(Heartbeat.parse(golden('heartbeat-v1.json')).sources).toHaveLength(1);
});
