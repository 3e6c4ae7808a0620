import pg from 'pg';

/** SQLSTATE classes of errors that the same data will meet again: data exception, integrity, limits. */
const dataClasses: ReadonlySet<string> = new Set(['22', '23', '54']);

/** Whether this failure is about the data, so that trying again cannot help; else it is about the database. */
export function isDataFailure(error: unknown): boolean {
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
export function isUnavailable(error: unknown): boolean {
  if (error instanceof pg.DatabaseError)
    return unavailableClasses.has((error.code ?? '').slice(0, 2));
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  return (
    (code !== undefined && networkCodes.has(code)) ||
    /connection (terminated|timeout)|timeout exceeded when trying to connect/i.test(error.message)
  );
}
