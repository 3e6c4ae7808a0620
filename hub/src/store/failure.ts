import { DrizzleQueryError } from 'drizzle-orm';
import pg from 'pg';

/** SQLSTATE classes of errors that the same data will meet again: data exception, integrity, limits. */
const dataClasses: ReadonlySet<string> = new Set(['22', '23', '54']);

/** drizzle wraps what pg throws. */
const innermost = (error: unknown): unknown =>
  error instanceof DrizzleQueryError && error.cause ? error.cause : error;

/** Whether this failure is about the data, so that trying again cannot help; else it is about the database. */
export function isDataFailure(thrown: unknown): boolean {
  const error = innermost(thrown);
  return error instanceof pg.DatabaseError && dataClasses.has((error.code ?? '').slice(0, 2));
}

/** SQLSTATE classes of a database that is away or overloaded: connection, resources, operator, system. */
const unavailableClasses: ReadonlySet<string> = new Set(['08', '53', '57', '58']);
const networkCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** Whether the database cannot be reached or does not serve now. */
export function isUnavailable(thrown: unknown): boolean {
  const error = innermost(thrown);
  if (error instanceof pg.DatabaseError)
    return unavailableClasses.has((error.code ?? '').slice(0, 2));
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  return (
    (code !== undefined && networkCodes.has(code)) ||
    /connection (terminated|timeout)|timeout exceeded when trying to connect/i.test(error.message)
  );
}
