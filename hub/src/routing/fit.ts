import type { Cause } from '@coroner/schema/cause';
import { fits } from '@coroner/schema/glob';
import type { RouteMatch } from '@coroner/schema/http/alert-routes';
import { atLeast, type Severity } from '@coroner/schema/severity';
import type { Labels } from '@coroner/schema/wire/heartbeat';

/** What routes look at in a death; deaths that are alike in it are one. */
export interface Facet {
  host: string;
  unit: string | null;
  cause: Cause;
  /** Whose process it was, and who did it. */
  users: readonly string[];
  labels: Labels;
}

/** What routes look at in an incident. */
export interface RoutedIncident {
  facets: readonly Facet[];
  severity: Severity;
  /** When its deaths happened, ms since the epoch, in order; the newest are enough. */
  diedAtMs: readonly number[];
}

type Criterion = 'hosts' | 'units' | 'labels' | 'causes' | 'users';

const valuesOf: Record<Criterion, (facet: Facet) => readonly string[]> = {
  hosts: ({ host }) => [host],
  units: ({ unit }) => (unit === null ? [] : [unit]),
  labels: ({ labels }) => Object.entries(labels).map(([name, value]) => `${name}=${value}`),
  causes: ({ cause }) => [cause],
  users: ({ users }) => users,
};

/** Why a route does not take an incident; null where it does. */
export function misfit(match: RouteMatch, { facets, severity }: RoutedIncident): string | null {
  const { minSeverity } = match;
  if (minSeverity !== undefined && !atLeast(severity, minSeverity))
    return `its severity is ${severity}, less than ${minSeverity}`;
  const given = (Object.keys(valuesOf) as Criterion[]).filter((name) => match[name] !== undefined);
  const fitting = (name: Criterion, facet: Facet): boolean =>
    valuesOf[name](facet).some((value) => match[name]?.some((glob) => fits(glob, value)));
  if (given.length === 0 || facets.some((facet) => given.every((name) => fitting(name, facet))))
    return null;
  const none = given.find((name) => !facets.some((facet) => fitting(name, facet)));
  return none ? `none of its ${none} fits` : `no death fits all of ${given.join(', ')}`;
}
