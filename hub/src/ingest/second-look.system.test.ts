import type { Answer } from '@coroner/schema/http/answer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { batchOf } from '../testing/agent.ts';
import { killed } from '../testing/deaths.ts';
import { ask, startTestHub } from '../testing/hub.ts';
import { until } from '../testing/until.ts';
import { startWorld, type World } from '../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

const kept = () => world.count('select count(*) from quarantine');

/** The hub of a version that knows this kind of event or not, until `work` is done. */
async function withHub<Value>(work: (address: string) => Promise<Value>): Promise<Value> {
  const hub = await startTestHub(world.nats.url, world.databaseUrl);
  return work(hub.address).finally(() => hub.stop());
}

test('what an agent of a later version sent is told by the hub of that version', async () => {
  const death = killed({ host: 'newer', comm: 'nginx', pid: 7 });
  const events = [{ ...death, kind: 'kind-of-tomorrow' }, killed({ host: 'newer', pid: 8 })];
  const batch = { ...batchOf('newer', []), events };
  await withHub(async () => {
    await world.agent.raw('coroner.events.newer', JSON.stringify(batch));
    await until(kept, (count) => count === 1);
    await world.agent.raw('coroner.events.newer', 'no message of any version');
    await until(kept, (count) => count === 2);
  });
  // The next version: to it this is a kind of event like any other.
  await world.pool.query(`
    update quarantine set
      payload = encode(convert_to(replace(convert_from(decode(payload, 'base64'), 'UTF8'),
        'kind-of-tomorrow', 'death'), 'UTF8'), 'base64')
    where payload_bytes > 100`);
  const [row] = await world.rows<{ at: string }>(
    'select received_at as at from quarantine where payload_bytes > 100',
  );
  await withHub(async (address) => {
    await until(kept, (count) => count === 1);
    const { body } = await ask<Answer>(address, '/v1/why?process=nginx&host=newer&pid=7');
    expect(body.verdict).toMatchObject({ cause: 'signal-from-process', confidence: 'proven' });
  });
  const stored = await world.rows<{ at: string }>(
    'select received_at as at from events where id = $1',
    [death.id],
  );
  expect(stored).toEqual([row]);
  expect(await world.count('select count(*) from deaths')).toBe(2);
});

test('a field that this version does not know stays with its event', async () => {
  const death = { ...killed({ host: 'field', pid: 9 }), ofTomorrow: { moon: 'full' } };
  await withHub(async () => {
    await world.agent.publish('field', [death]);
    await until(
      () => world.count('select count(*) from deaths where host = $1', ['field']),
      (count) => count === 1,
    );
  });
  const [row] = await world.rows<{ field: unknown }>(
    `select body -> 'ofTomorrow' as field from events where id = $1`,
    [death.id],
  );
  expect(row?.field).toEqual({ moon: 'full' });
});
