import { HostMoment } from '@coroner/schema/http/host-moment';
import { HostMomentParameters, HostParameter } from '@coroner/schema/http/parameters';
import { hostMoment } from '../../answer/fleet/host-moment.ts';
import { meantHost } from '../../answer/names/meant-host.ts';
import { isHostKnown } from '../../store/questions/host-names.ts';
import type { Api, ApiDependencies } from '../api-types.ts';
import { sensitive } from '../guard/scope.ts';
import { ProblemError } from '../problems/problem.ts';
import { withNotFound } from '../problems/responses.ts';

/** What ran at a time on a host, and who was there. */
export function hostMomentRoute(app: Api, { pool }: ApiDependencies): void {
  app.get(
    '/v1/hosts/:host/at',
    {
      ...sensitive,
      schema: {
        summary: 'A host at a time: who was logged in, what ran, what happened around then',
        params: HostParameter,
        querystring: HostMomentParameters,
        response: { 200: HostMoment, ...withNotFound },
      },
    },
    async ({ params, query: { time } }) => {
      const host = (await meantHost(pool, params.host)) ?? params.host;
      if (!(await isHostKnown(pool, host)))
        throw new ProblemError('not-found', `nothing is known of a host ${host}`);
      return hostMoment(pool, host, time ?? new Date().toISOString());
    },
  );
}
