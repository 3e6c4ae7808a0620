import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { repeat } from '../repeat.ts';
import { pruneChanges } from '../store/changes.ts';
import { pruneClaims } from '../store/claims.ts';
import type { Pool } from '../store/database.ts';
import { aloneForgetting, forgetSome } from '../store/retention/forget.ts';
import type { Retention } from '../store/retention/retention.ts';
import { retentionRules } from '../store/retention/rules.ts';
import { steadySince } from '../store/retention/steady-clock.ts';

const everyMs = 600_000;
const atOnce = 2_000;
/** Somebody notices a clock that is wrong, or it is set right by itself, within this time. */
const steadyHours = 24;

export interface ForgettingOptions {
  pool: Pool;
  keep: Retention;
  log: Logger;
  onForgotten: (what: string, rows: number) => void;
}

/**
 * Forgets all that is older than it is kept, unless another hub is at it: in batches of 2000 rows,
 * with a pause after each of as long as it took, so that Postgres has at least half of its time for
 * others. Resolves to whether this hub did it.
 */
export async function forgetOld(
  { pool, keep, log, onForgotten }: ForgettingOptions,
  signal?: AbortSignal,
): Promise<boolean> {
  const done = await aloneForgetting(pool, async (on) => {
    await pruneChanges(on);
    await pruneClaims(on);
    for (const rule of retentionRules) {
      const days = rule.days(keep);
      const startedMs = performance.now();
      let rows = 0;
      for (let more = days > 0; more && !signal?.aborted; ) {
        const beganMs = performance.now();
        const some = await forgetSome(on, rule, days, atOnce);
        rows += some;
        more = some > 0;
        if (some > 0) onForgotten(rule.what, some);
        await pause(performance.now() - beganMs, signal);
      }
      const seconds = Math.round((performance.now() - startedMs) / 1_000);
      if (rows > 0) log.info({ what: rule.what, rows, days, seconds }, 'forgot what is old');
    }
    return true;
  });
  return done ?? false;
}

/**
 * What is old by a clock that was set forward only looks so: after Postgres's clock jumped, and after
 * a time in which no hub looked, nothing is forgotten for a day.
 */
export async function forgetIfSteady(
  options: ForgettingOptions,
  signal?: AbortSignal,
): Promise<boolean> {
  const { hours, jumped } = await steadySince(options.pool);
  if (jumped)
    options.log.warn(
      { steadyHours },
      "Postgres's clock was set, or no hub looked for long: nothing is forgotten until it goes on steadily",
    );
  return hours >= steadyHours && forgetOld(options, signal);
}

/** Looks every ten minutes, until `stop`, which ends a run after its batch. */
export function startForgetting(options: ForgettingOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const looking = repeat(
    () => forgetIfSteady(options, stopping.signal),
    everyMs,
    ({ message }) =>
      options.log.warn({ reason: message }, 'cannot forget what is old, trying again'),
  );
  return {
    stop() {
      stopping.abort();
      return looking.stop();
    },
  };
}

const pause = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  sleep(ms, undefined, signal ? { signal } : {}).catch(() => {
    // Aborted: the caller sees it.
  });
