import { actorOf, isActorRight, isOriginRight, originOf, type Result } from './compare.ts';

/** Of what was said, how much is right (precision); of what there was to say, how much was (recall). */
export interface Score {
  right: number;
  said: number;
  real: number;
}

const sum = (results: readonly Result[], of: (result: Result) => boolean): number =>
  results.filter(of).length;

export function causeScore(results: readonly Result[], cause: string | null = null): Score {
  const isMeant = (one: string | undefined) =>
    one !== undefined && one !== 'unknown' && (cause === null || one === cause);
  const saidCause = ({ said }: Result) => said?.answer.verdict.cause;
  return {
    right: sum(results, (one) => isMeant(saidCause(one)) && saidCause(one) === one.truth.cause),
    said: sum(results, (one) => isMeant(saidCause(one))),
    real: sum(results, ({ truth }) => isMeant(truth.cause)),
  };
}

export function actorScore(results: readonly Result[]): Score {
  return {
    right: sum(results, (one) => {
      const actor = actorOf(one);
      return actor !== null && isActorRight(one, actor);
    }),
    said: sum(results, (one) => actorOf(one) !== null),
    real: sum(results, ({ truth }) => truth.actor !== null),
  };
}

export function originScore(results: readonly Result[]): Score {
  return {
    right: sum(results, (one) => {
      const origin = originOf(one);
      return origin !== null && isOriginRight(one, origin);
    }),
    said: sum(results, (one) => originOf(one) !== null),
    real: sum(results, ({ truth }) => truth.origin !== null && truth.origin.type !== 'unknown'),
  };
}

/** Confidence: of the answers, those that are as sure as the evidence allows; nothing more, nothing less. */
export function confidenceScore(results: readonly Result[]): Score {
  const answered = results.filter(({ said }) => said !== null);
  const right = sum(
    answered,
    ({ truth, said }) => said?.answer.verdict.confidence === truth.confidence,
  );
  return { right, said: answered.length, real: results.length };
}

/** Pairs of deaths in one incident: those that Coroner joins against those that belong together. */
export function incidentScore(results: readonly Result[]): Score {
  const said = counts(results.map(({ said }) => said?.incidentId ?? null));
  const real = counts(results.map(({ truth }) => truth.incident));
  const both = counts(
    results.map(({ truth, said }) =>
      said?.incidentId && truth.incident ? `${said.incidentId} ${truth.incident}` : null,
    ),
  );
  return { right: pairs(both), said: pairs(said), real: pairs(real) };
}

function counts(labels: readonly (string | null)[]): number[] {
  const byLabel = new Map<string, number>();
  for (const label of labels) if (label !== null) byLabel.set(label, (byLabel.get(label) ?? 0) + 1);
  return [...byLabel.values()];
}

const pairs = (sizes: readonly number[]): number =>
  sizes.reduce((total, size) => total + (size * (size - 1)) / 2, 0);
