import { expect, it } from 'vitest';
import { batchMessage } from './message.ts';

const batch = (bootId: string) => ({
  range: { segment: 0, from: 0, to: 1 },
  header: { host: 'web-3', bootId, agent: '1' },
  records: ['an-event-id', 'another'].map((id) => ({
    id,
    lost: 0,
    json: Buffer.from('{"kind":"böot"}'),
  })),
});

const sent = (bootId: string) =>
  JSON.parse(batchMessage(batch(bootId), 'this-boot').payload.toString());

it('says the time since boot with events of this boot alone', () => {
  expect(sent('this-boot')).toMatchObject({
    bootId: 'this-boot',
    events: [{ kind: 'böot' }, { kind: 'böot' }],
  });
  expect(sent('this-boot').uptimeUs).toBeGreaterThan(0);
  expect(sent('boot-before').uptimeUs).toBeUndefined();
});
