import { type Format, listQuery } from '@coroner/schema/http/list-parameters';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Api } from '../api-types.ts';
import { usualProblems, withNotFound } from '../problems/responses.ts';
import { allPages, asCsv, asNdjson, type Page } from './export.ts';
import { formatOf, mediaTypes } from './format.ts';

const usualLimit = 50;

/** The page that a list is asked for. */
interface PageAsked {
  limit: number;
  cursor: string | undefined;
}

interface Listing<Filter extends z.ZodRawShape, Item extends z.ZodObject> {
  path: string;
  summary: string;
  filter: Filter;
  params?: z.ZodObject;
  /** It is a list of something that may not be there. */
  mayBeMissing?: true;
  item: Item;
  page: z.ZodType<Page<z.output<Item>>>;
  config?: object;
  read: (
    query: z.output<z.ZodObject<Filter>> & PageAsked,
    request: FastifyRequest,
  ) => Promise<Page<z.output<Item>>>;
}

/** Registers a list: pages of JSON with cursors, or all of it as NDJSON or CSV. */
export function listRoute<Filter extends z.ZodRawShape, Item extends z.ZodObject>(
  app: Api,
  { path, summary, filter, params, mayBeMissing, item, page, config, read }: Listing<Filter, Item>,
): void {
  const querystring = listQuery(filter);
  const asText = { schema: z.string() };
  const content = {
    [mediaTypes.json]: { schema: page },
    [mediaTypes.ndjson]: asText,
    [mediaTypes.csv]: asText,
  };
  const response = {
    200: { description: summary, content },
    ...(mayBeMissing ? withNotFound : usualProblems),
  };
  const schema = { summary, querystring, response, ...(params && { params }) };
  app.get(path, { schema, ...(config && { config }) }, async (request, reply) => {
    const { limit, cursor, format, ...rest } = request.query as {
      limit?: number;
      cursor?: string;
      format?: Format;
    };
    const readPage = (from: string | undefined, most: number) => {
      const query = { ...rest, cursor: from, limit: most };
      return read(query as Parameters<typeof read>[0], request);
    };
    reply.header('vary', 'accept');
    const chosen = formatOf(request, format);
    if (chosen === 'json') return readPage(cursor, limit ?? usualLimit);
    const pages = await allPages(readPage, cursor, limit);
    reply.type(`${mediaTypes[chosen]}; charset=utf-8`);
    // Fastify sends a stream as it is, and has no type for that.
    return reply.send((chosen === 'csv' ? asCsv(pages, item) : asNdjson(pages, item)) as never);
  });
}
