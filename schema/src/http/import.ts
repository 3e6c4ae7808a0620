import { z } from 'zod';

/** Most events in one request of `POST /v1/events`. */
export const mostImportedEvents = 500;

/** `POST /v1/events`: events of a host that has no agent, as `coroner-agent read` prints them. */
export const ImportRequest = z.object({
  host: z
    .string()
    .trim()
    .min(1)
    .max(253)
    .refine((name) => !/[\0\ud800-\udfff]/u.test(name), 'must be a host name'),
  events: z.array(z.unknown()).min(1).max(mostImportedEvents),
});
export type ImportRequest = z.infer<typeof ImportRequest>;

/** What became of them; what was refused is kept in quarantine. */
export const ImportResult = z.object({
  stored: z.number().int().nonnegative(),
  /** Known already. */
  repeated: z.number().int().nonnegative(),
  /** Deaths that nothing but these events tells of. */
  deaths: z.number().int().nonnegative(),
  refused: z.array(z.string()),
});
export type ImportResult = z.infer<typeof ImportResult>;
