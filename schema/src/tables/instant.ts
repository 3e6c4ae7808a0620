import { customType } from 'drizzle-orm/pg-core';

const digitsOfMicros = 6;

/** `2026-11-23 03:12:07.12+00`, as Postgres prints it in UTC, → `2026-11-23T03:12:07.120000Z`: texts sort as times do. */
export function instantFromPostgres(text: string): string {
  const [date, time = ''] = text.replace(/\+00(:00)?$/, '').split(/[ T]/);
  const [seconds, fraction = ''] = time.split('.');
  return `${date}T${seconds}.${fraction.padEnd(digitsOfMicros, '0')}Z`;
}

/** An instant with microseconds; ISO 8601 in UTC on this side. The session's time zone must be UTC. */
export const instant = customType<{ data: string; driverData: string }>({
  dataType: () => 'timestamp(6) with time zone',
  fromDriver: instantFromPostgres,
});
