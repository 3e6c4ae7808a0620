import type { Api } from '../api-types.ts';
import { neededScope } from './scope.ts';

/** Says in the OpenAPI document which scope each route needs, as roles of the bearer scheme. */
export function documentScopes(api: Api): void {
  api.addHook('onRoute', (route) => {
    const [method = 'GET'] = [route.method].flat();
    const scope = neededScope(method, route.config ?? {});
    route.schema = { ...route.schema, security: [{ bearer: [scope] }] };
  });
}
