import type { Cause } from '@coroner/schema/cause';
import type { Confidence } from '@coroner/schema/confidence';
import type { AlertRoute } from '@coroner/schema/http/alert-routes';
import type { IncidentRow } from '@coroner/schema/http/incidents';
import { severityOf } from '@coroner/schema/severity';
import type { RoutedIncident } from '../../routing/fit.ts';
import type { Queryable } from '../database.ts';
import { labelsOf } from '../hosts/host-labels.ts';

const mostFacets = 1_000;
/** More than any threshold asks for. */
const newestTimes = 2_000;

/** What these routes look at in a stored incident; its times only where one has a threshold. */
export async function loadRouted(
  on: Queryable,
  { id, cause, deaths, hosts, deathId }: IncidentRow,
  routes: readonly AlertRoute[],
): Promise<RoutedIncident> {
  const areTimesAsked = routes.some(({ threshold }) => threshold !== undefined);
  const { rows } = await on.query<{
    host: string;
    unit: string | null;
    cause: Cause;
    owner: string | null;
    actor: string | null;
  }>({
    name: 'facets-of-incident',
    text: `
      select distinct host, unit, cause, user_name as owner, actor_user as actor
      from deaths where incident_id = $1 limit ${mostFacets}`,
    values: [id],
  });
  const labels = await labelsOf(on, [...new Set(rows.map(({ host }) => host))]);
  return {
    facets: rows.map(({ owner, actor, ...facet }) => ({
      ...facet,
      users: [owner, actor].filter((user) => user !== null),
      labels: labels.get(facet.host) ?? {},
    })),
    severity: severityOf({
      ...{ cause, deaths, hosts: hosts.length },
      confidence: await confidenceOf(on, deathId),
    }),
    diedAtMs: areTimesAsked ? await timesOf(on, id) : [],
  };
}

async function confidenceOf(on: Queryable, deathId: string): Promise<Confidence> {
  const { rows } = await on.query<{ confidence: Confidence }>({
    name: 'confidence-of-death',
    text: 'select confidence from deaths where id = $1',
    values: [deathId],
  });
  return rows[0]?.confidence ?? 'unknown';
}

/** When those of its newest deaths happened that nobody expected, in order. */
async function timesOf(on: Queryable, incidentId: string): Promise<number[]> {
  const { rows } = await on.query<{ ms: number }>({
    name: 'times-of-incident',
    // The newest first, then their answers: one is a hundred times as large as the rest of its row.
    text: `
      with newest as (
        select id, coalesce(happened_at, died_at) as at
        from deaths where incident_id = $1 order by at desc limit ${newestTimes})
      select (extract(epoch from at) * 1000)::double precision as ms
      from newest join deaths using (id) where answer -> 'expected' is null
      order by at`,
    values: [incidentId],
  });
  return rows.map(({ ms }) => ms);
}
