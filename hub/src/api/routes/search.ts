import { SearchParameters } from '@coroner/schema/http/parameters';
import { SearchResult } from '@coroner/schema/http/search';
import { search } from '../../answer/search.ts';
import type { Api, ApiDependencies } from '../api-types.ts';
import { sensitive } from '../guard/scope.ts';
import { usualProblems } from '../problems/responses.ts';

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
