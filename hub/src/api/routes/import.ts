import { ImportRequest, ImportResult } from '@coroner/schema/http/import';
import { Problem } from '@coroner/schema/http/problem';
import type { Api, ApiDependencies } from '../api-types.ts';
import { usualProblems } from '../problems/responses.ts';

const largestBodyBytes = 16 * 1024 * 1024;

/** Old logs of hosts without an agent. */
export function importRoute(app: Api, { takeEvents }: ApiDependencies): void {
  app.post(
    '/v1/events',
    {
      bodyLimit: largestBodyBytes,
      schema: {
        summary: 'Store events of a host that has no agent; they alert nobody',
        body: ImportRequest,
        response: { 200: ImportResult, ...usualProblems, 413: Problem },
      },
    },
    ({ body }) => takeEvents(body),
  );
}
