import { SearchResult } from '@coroner/schema/http/search';
import { z } from 'zod';
import { search } from '../../answer/search.ts';
import type { Api, ApiDependencies } from '../api-types.ts';
import { sensitive } from '../guard/scope.ts';
import { Name } from '../parameters.ts';
import { usualProblems } from '../problems/responses.ts';

const mostEach = 100;
const SearchParameters = z.strictObject({
  q: Name,
  limit: z.coerce.number().int().min(1).max(mostEach).default(20).describe('of each kind'),
});

export function searchRoute(app: Api, { pool }: ApiDependencies): void {
  app.get(
    '/v1/search',
    {
      ...sensitive,
      schema: {
        summary: 'What a word may mean: a process, a host, a user, an address, an id',
        querystring: SearchParameters,
        response: { 200: SearchResult, ...usualProblems },
      },
    },
    ({ query: { q, limit } }) => search(pool, q, limit),
  );
}
