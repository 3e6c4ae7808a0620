import { Confidence } from '@coroner/schema/confidence';
import { z } from 'zod';
import type { Reply } from '../../conversation/reply.ts';

const Words = z.array(
  z.union([z.string(), z.object({ code: z.string() }), z.object({ at: z.string() })]),
);

/** What an answer said at first: later ones are measured against it. */
const Said = z.object({
  headline: Words,
  cause: z.string().nullable(),
  confidence: Confidence.nullable(),
  /** Whom it named; null where nobody. */
  by: Words.nullable(),
});
export type Said = z.infer<typeof Said>;

/** An answer in Slack that is kept true: all that another bot needs to go on with it. */
export const Followed = z.object({
  channel: z.string(),
  ts: z.string(),
  deathId: z.string(),
  /** Until then, ms since 1970. */
  untilMs: z.number(),
  said: Said,
  /** What of its verdict stands there now, see `fingerprint`. */
  shown: z.string(),
  /** The thread that is about it; null where the answer begins it. */
  threadTs: z.string().nullable().default(null),
  /** The message with its evidence; null where there is none, or none yet. */
  evidence: z.object({ channel: z.string(), ts: z.string() }).nullable().default(null),
  /** Of the evidence that is told, see `provenBy`; empty where none was to be told. */
  proven: z.string().default(''),
  /** Stands above the headline, and the choices below: they came from the question. */
  note: Words.nullable(),
  choices: z.array(
    z.object({
      id: z.string(),
      host: z.string(),
      comm: z.string(),
      diedAt: z.string(),
      pid: z.number().optional(),
      summary: z.string().optional(),
    }),
  ),
  choicesTitle: z.string(),
  /** Who asked what, where others did not see the question. */
  asked: z.string().nullable(),
});
export type Followed = z.infer<typeof Followed>;

export function saidIn({ headline, cause, confidence, facts }: Reply): Said {
  const by = facts.find(({ label }) => label === 'By')?.words ?? null;
  return { headline: [...headline], cause, confidence, by: by && [...by] };
}

/** Changes by themselves as time goes by: no news. */
const ofTheHour = new Set(['Runs next', 'Possible rhythm', 'Origin']);

/** Of all that evidence can change in a reply; equal ones look the same to a reader. */
export function fingerprint(reply: Reply): string {
  const { headline, cause, confidence, ruledOut, advice, gaps, chart } = reply;
  const facts = reply.facts.filter(({ label }) => !ofTheHour.has(label));
  return JSON.stringify([headline, cause, confidence, facts, ruledOut, advice, gaps, chart]);
}

/** The same for the evidence, which is a message of its own. */
export const provenBy = ({ evidence }: Reply): string =>
  evidence.length === 0 ? '' : JSON.stringify(evidence);
