import { type Format, formats } from '@coroner/schema/http/list-parameters';
import type { FastifyRequest } from 'fastify';

export const mediaTypes = {
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  csv: 'text/csv',
} as const satisfies Record<Format, string>;

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
