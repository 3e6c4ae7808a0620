import { expect, test } from 'vitest';
import { share } from './share.ts';

test('a message is acknowledged when every channel has it, and once', () => {
  const told: string[] = [];
  const [first, second] = share(
    { ack: () => told.push('ack'), working: () => told.push('working'), redelivered: true },
    ['CA', 'CB'],
  ).map(([, carrier]) => carrier);
  first?.ack();
  first?.ack();
  second?.working();
  expect(told).toEqual(['working']);
  second?.ack();
  expect(told).toEqual(['working', 'ack']);
  expect(second?.redelivered).toBe(true);
});
