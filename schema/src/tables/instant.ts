import { customType } from 'drizzle-orm/pg-core';

/** `2026-11-23 03:12:07.123456+00`, as Postgres prints it in UTC, → `2026-11-23T03:12:07.123456Z`. */
export function instantFromPostgres(text: string): string {
  return text.replace(' ', 'T').replace(/\+00(:00)?$/, 'Z');
}

/** An instant with microseconds; ISO 8601 in UTC on this side. The session's time zone must be UTC. */
export const instant = customType<{ data: string; driverData: string }>({
  dataType: () => 'timestamp(6) with time zone',
  fromDriver: instantFromPostgres,
});
