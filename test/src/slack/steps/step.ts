import fc from 'fast-check';
import type { Failure } from '../workspace/failures.ts';

/** One thing that happens to a fleet, its people, or what serves them. */
export type Step =
  /** A process of that program is killed. */
  | { do: 'die'; program: number }
  /** Somebody clicks on the card of that program, where it has one. */
  | { do: 'act'; program: number; by: 'act:acknowledge' | 'act:resolve' | 'snooze' }
  /** The quiet hours of the route begin, or end. */
  | { do: 'quiet' }
  | { do: 'bot'; by: 'SIGTERM' | 'SIGKILL' }
  | { do: 'hub'; by: 'SIGTERM' | 'SIGKILL' }
  | { do: 'slack'; call: 'chat.postMessage' | 'chat.update'; failure: Failure }
  | { do: 'digest' };

export const programs = 3;
const program = fc.nat({ max: programs - 1 });
const end = fc.constantFrom('SIGTERM', 'SIGKILL');

const failure = fc.constantFrom<Failure>(
  { kind: 'rate-limit', retryAfterSeconds: 1 },
  { kind: 'status', status: 503 },
  { kind: 'drop', accepted: true },
  { kind: 'drop', accepted: false },
);

/** Deaths are most of it: without them nothing is told. */
export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('die'), program }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('act'),
      program,
      by: fc.constantFrom('act:acknowledge', 'act:resolve', 'snooze'),
    }),
  },
  { weight: 3, arbitrary: fc.constant({ do: 'quiet' } as const) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('bot'), by: end }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('hub'), by: end }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('slack'),
      call: fc.constantFrom('chat.postMessage', 'chat.update'),
      failure,
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'digest' } as const) },
);
