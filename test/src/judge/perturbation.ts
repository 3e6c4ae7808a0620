import { judgeGolden } from './golden.ts';
import { losing, perturbed, shuffling } from './perturb/perturb.ts';
import { type Random, seeded } from './perturb/random.ts';
import type { HostOptions } from './recording/host.ts';
import { type Recording, record, type Scenario } from './recording/recording.ts';
import { usualBatchMs } from './replay/messages.ts';
import type { Ingest, Pace } from './replay/through-ingest.ts';
import { scenarios } from './scenarios/all.ts';
import { falseAccusations } from './score/accusations.ts';

const dayMs = 86_400_000;
/** The newest replay happens then; each further one days earlier, so that none meets another. */
const lastMs = Date.UTC(2026, 6, 1);
const daysApart = 2;
/** Fewer days before that than there are since 1970. */
const mostPlaces = 9_000;
const wrongClocks = 0.3;
const setClocks = 0.1;
const setWithinMs = 120_000;
const worstClockMs = 1_800_000;
/** A hub that is idle takes each message as it comes, one that is behind 64 at once. */
const paces = [1, 2, 4, 8, 16, 32, 64] as const;

/** Of the `index`th time that the scenario at `place` is disturbed: no two share one. */
export const seedOf = (index: number, place: number, first = 1): number =>
  first + index * scenarios.length + place;

/** What a disturbed replay may never say, in words, with the seed that shows it again. */
export async function disturb(ingest: Ingest, scenario: Scenario, seed: number): Promise<string[]> {
  const random = seeded(seed);
  const loses = random() < 0.6;
  const startMs = lastMs - (seed % mostPlaces) * daysApart * dayMs;
  const recording = record(scenario, startMs, `seed-${seed}`, (options) =>
    loses ? settable(wrong(options, random), random) : wrong(options, random),
  );
  const found = loses
    ? await withLosses(ingest, recording, random)
    : await shuffled(ingest, recording, random);
  return found.map((one) => `seed ${seed}, ${scenario.name}: ${one}`);
}

/** Most clocks are right, some are off by minutes. */
function wrong(options: HostOptions, random: Random): HostOptions {
  if (random() >= wrongClocks) return options;
  return { ...options, clockMs: (options.clockMs ?? 0) + either(random) * worstClockMs };
}

/** Some are set while things happen. What logs say then cannot be put beside what they said before. */
function settable(options: HostOptions, random: Random): HostOptions {
  if (random() >= setClocks) return options;
  const clockIsSet = { atMs: random() * setWithinMs, byMs: either(random) * worstClockMs };
  return { ...options, clockIsSet };
}

/** From -1 to 1. */
const either = (random: Random): number => random() * 2 - 1;

/** All arrives in the end: then the verdicts are those of an undisturbed replay. */
async function shuffled(ingest: Ingest, recording: Recording, random: Random): Promise<string[]> {
  const disturbed = perturbed(recording, shuffling(random), random);
  const answers = await ingest.replay(disturbed, paceOf(random));
  return judgeGolden([recording], answers).misses;
}

async function withLosses(ingest: Ingest, recording: Recording, random: Random): Promise<string[]> {
  const disturbed = perturbed(recording, losing(random), random);
  const answers = await ingest.replay(disturbed, paceOf(random));
  return falseAccusations(recording.truth, answers);
}

/** Evidence that shares a transaction with its death is never late, whatever its delay. */
function paceOf(random: Random): Pace {
  const messagesAtOnce = paces[Math.floor(random() * paces.length)] ?? 1;
  return { messagesAtOnce, batchWithinMs: random() < 0.5 ? 0 : usualBatchMs };
}
