import { z } from 'zod';
import { Instant } from '../time.ts';
import { HostEnded } from './answer.ts';

/** Every problem that the API answers with (RFC 9457); `type` is `urn:coroner:problem:<code>`. */
export const problems = {
  'bad-request': { status: 400, title: 'A parameter is wrong' },
  unauthorized: { status: 401, title: 'A bearer token is needed' },
  forbidden: { status: 403, title: 'This token may not do that' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'no-such-death': { status: 404, title: 'No death matches the question' },
  conflict: { status: 409, title: 'Somebody else was first' },
  'not-configured': { status: 409, title: 'The hub is not configured for that' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'The hub failed' },
  unavailable: { status: 503, title: 'The hub cannot reach its database' },
} as const;
export type ProblemCode = keyof typeof problems;

export const Candidate = z.object({
  id: z.string(),
  host: z.string(),
  comm: z.string(),
  diedAt: Instant,
  pid: z.number().int().optional(),
  /** The verdict's sentence, so that deaths of one name can be told apart. */
  summary: z.string().optional(),
});

export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  /** The parameter that is wrong. */
  field: z.string().optional(),
  /** All parameters that are wrong, where they are known. */
  errors: z.array(z.object({ field: z.string(), detail: z.string() })).optional(),
  /** The nearest deaths, when none matches. */
  candidates: z.array(Candidate).optional(),
  /** What could not be seen where the question points. */
  gaps: z.array(z.string()).optional(),
  /** The host itself went down where the question points. */
  hostEnded: HostEnded.optional(),
});
export type Problem = z.infer<typeof Problem>;
