import { expect, it } from 'vitest';
import { runStorm } from './storm.ts';

const seconds = 5;
const testWithinMs = 300_000;

it(
  'every death of a storm through kill -9 of the agent is recorded, or counted as lost',
  async () => {
    const { caused, recorded, lost } = await runStorm(seconds);
    expect(caused).toBeGreaterThan(0);
    expect(recorded).toBeGreaterThan(0);
    expect(recorded).toBeLessThanOrEqual(caused);
    expect(recorded + lost).toBeGreaterThanOrEqual(caused);
  },
  testWithinMs,
);
