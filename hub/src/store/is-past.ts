/** A transaction's now() is when it began: another that began later may have written a time before it looks. */
const laterBeginSeconds = 120;

/**
 * SQL for: this time by Postgres's clock is past. One that lies further ahead than any is ever set was
 * set before that clock was put back; it counts as past too, or it would be waited for as long again.
 */
export const isPast = (column: string, longestSeconds: number): string =>
  `(${column} <= now() or ${column} > now() + interval '${longestSeconds + laterBeginSeconds} seconds')`;
