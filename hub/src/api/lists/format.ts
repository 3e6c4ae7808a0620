import type { FastifyRequest } from 'fastify';

/** What a list can be had as, and its media type. */
export const mediaTypes = {
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  csv: 'text/csv',
} as const;
export type Format = keyof typeof mediaTypes;
export const formats = Object.keys(mediaTypes) as [Format, ...Format[]];

/** By `?format=`, else by the first media type of the Accept header that we have, else JSON. */
export function formatOf(request: FastifyRequest, asked: Format | undefined): Format {
  if (asked) return asked;
  const accepted = (request.headers.accept ?? '')
    .split(',')
    .map((part) => part.split(';')[0]?.trim().toLowerCase());
  for (const type of accepted) {
    const format = formats.find((one) => mediaTypes[one] === type);
    if (format) return format;
  }
  return 'json';
}
