import { z } from 'zod';

/** What a list can be had as. */
export const formats = ['json', 'ndjson', 'csv'] as const;
export type Format = (typeof formats)[number];

/** Parameters that every list takes beside its filters. */
const listParameters = {
  limit: z.coerce
    .number<number>()
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe('items of a page, 50 where it is not given; of an export all'),
  cursor: z
    .string()
    .trim()
    .min(1)
    .max(1024)
    .refine((value) => !value.includes('\0'), 'must not contain a NUL')
    .optional()
    .describe('`next` of the page before'),
  format: z
    .enum(formats)
    .optional()
    .describe('ndjson and csv have all pages, streamed; the Accept header chooses as well'),
};

/** The query of a list with these filters. */
export const listQuery = <Filter extends z.ZodRawShape>(filter: Filter) =>
  z.strictObject({ ...filter, ...listParameters });
