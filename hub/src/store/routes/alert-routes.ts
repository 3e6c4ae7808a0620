import { randomUUID } from 'node:crypto';
import type { AlertRoute, AlertRouteBody, NewAlertRoute } from '@coroner/schema/http/alert-routes';
import type { Queryable } from '../database.ts';

const columns = `id, route, position as "order", created_at as "createdAt", updated_at as "updatedAt"`;
const mostListed = 1_000;

type Row = Pick<AlertRoute, 'id' | 'order' | 'createdAt' | 'updatedAt'> & {
  route: Omit<AlertRouteBody, 'order'>;
};

const routeOf = ({ route, ...row }: Row): AlertRoute => ({ ...route, ...row });

/** Stores a route; one with the same id stays as it is and is returned. */
export async function addRoute(
  on: Queryable,
  { id = randomUUID(), order, ...route }: NewAlertRoute,
): Promise<AlertRoute> {
  const { rows } = await on.query<Row>({
    name: 'add-alert-route',
    text: `
      insert into alert_routes (id, route, position) values ($1, $2::jsonb, $3)
      on conflict (id) do update set id = excluded.id
      returning ${columns}`,
    values: [id, JSON.stringify(route), order],
  });
  return routeOf(rows[0] as Row);
}

/** Puts another route in its place; null when there is none. */
export async function replaceRoute(
  on: Queryable,
  id: string,
  { order, ...route }: AlertRouteBody,
): Promise<AlertRoute | null> {
  const { rows } = await on.query<Row>({
    name: 'replace-alert-route',
    text: `
      update alert_routes set route = $2::jsonb, position = $3, updated_at = now() where id = $1
      returning ${columns}`,
    values: [id, JSON.stringify(route), order],
  });
  return rows[0] ? routeOf(rows[0]) : null;
}

/** Removes a route and returns it; null when there is none. */
export async function removeRoute(on: Queryable, id: string): Promise<AlertRoute | null> {
  const { rows } = await on.query<Row>({
    name: 'remove-alert-route',
    text: `delete from alert_routes where id = $1 returning ${columns}`,
    values: [id],
  });
  return rows[0] ? routeOf(rows[0]) : null;
}

/** In the order in which they are tried; of one owner or all. The first 1000. */
export async function listRoutes(
  on: Queryable,
  owner: string | null = null,
): Promise<AlertRoute[]> {
  const { rows } = await on.query<Row>({
    name: 'list-alert-routes',
    text: `
      select ${columns} from alert_routes
      where $1::text is null or route ->> 'owner' = $1
      order by position, created_at, id limit ${mostListed}`,
    values: [owner],
  });
  return rows.map(routeOf);
}
