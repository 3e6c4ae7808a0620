import fc from 'fast-check';
import { beforeAll, it } from 'vitest';
import { withHub } from '../stage/with-hub.ts';
import { type Fleet, fleet } from '../steps/fleet.ts';
import { type Step, step } from '../steps/step.ts';

/** How many walks; each takes about ten seconds. */
const numRuns = Number(process.env['CORONER_TEST_WALKS'] ?? 2);
const patienceMs = 600_000;
const stage = withHub((world) => ({ SLACK_ALERT_CHANNEL: 'CALERTS', NATS_URL: world.nats.url }));

let walks: Fleet;
beforeAll(async () => {
  walks = await fleet(stage);
});

const about = (threshold: number, steps: readonly Step[]) =>
  `threshold ${threshold}: ${steps.map((each) => JSON.stringify(each)).join(' ')}`;

it(
  'whatever people, hub, bot and Slack do in turn: one card for each incident, none too soon, every death counted',
  () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 2 }),
        fc.array(step, { minLength: 6, maxLength: 14 }),
        async (threshold, steps) => {
          await walks.begin(threshold);
          try {
            for (const each of steps) await walks.take(each);
            await walks.settle();
          } catch (error) {
            throw new Error(about(threshold, steps), { cause: error });
          }
        },
      ),
      // A walk takes too long to be made smaller by hundreds of attempts.
      { numRuns, endOnFailure: true },
    ),
  numRuns * patienceMs,
);
