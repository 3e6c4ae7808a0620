import { randomUUID } from 'node:crypto';
import type { Announced } from '../recording/recording.ts';

interface Database {
  query(text: string, values: unknown[]): Promise<unknown>;
}

/** Stores what was announced; the API takes nothing of the past. */
export async function announce(on: Database, announced: readonly Announced[]): Promise<void> {
  for (const { rule, fromMs, untilMs } of announced)
    await on.query(
      `insert into expected_rules (id, rule, from_at, until_at)
       values ($1, $2::jsonb, to_timestamp($3::double precision / 1000),
               to_timestamp($4::double precision / 1000))`,
      [randomUUID(), JSON.stringify(rule), fromMs, untilMs],
    );
}
