import type { ClockSample } from '@coroner/schema/tables/host-clocks';
import type { Transaction } from '../database.ts';

/** What is known of a host's clock in one boot; times in ms since 1970. */
export interface ClockRow {
  host: string;
  bootId: string;
  bootedMs: number | null;
  offsetMs: number;
  errorMs: number;
  measuredMs: number;
  samples: ClockSample[];
}

/** The clocks of these boots that were measured before, by `JSON.stringify([host, bootId])`. */
export async function loadClocks(
  transaction: Transaction,
  boots: readonly Pick<ClockRow, 'host' | 'bootId'>[],
): Promise<Map<string, ClockRow>> {
  const { rows } = await transaction.query<ClockRow>({
    name: 'load-clocks',
    text: `
      select host, boot_id as "bootId", offset_ms as "offsetMs", error_ms as "errorMs",
             ${ms('booted_at')} as "bootedMs", ${ms('measured_at')} as "measuredMs", samples
      from host_clocks
      join unnest($1::text[], $2::text[]) as wanted(of_host, of_boot)
        on host = of_host and boot_id = of_boot`,
    values: [boots.map(({ host }) => host), boots.map(({ bootId }) => bootId)],
  });
  return new Map(rows.map((row) => [JSON.stringify([row.host, row.bootId]), row]));
}

export async function saveClocks(
  transaction: Transaction,
  rows: readonly ClockRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await transaction.query({
    name: 'save-clocks',
    text: `
      insert into host_clocks
        (host, boot_id, booted_at, offset_ms, error_ms, measured_at, samples)
      select host, "bootId", to_timestamp("bootedMs" / 1000), "offsetMs", "errorMs",
             to_timestamp("measuredMs" / 1000), samples
      from jsonb_to_recordset($1::jsonb) as row(
        host text, "bootId" text, "bootedMs" double precision, "offsetMs" double precision,
        "errorMs" double precision, "measuredMs" double precision, samples jsonb)
      order by host collate "C", "bootId" collate "C"
      on conflict (host, boot_id) do update set
        booted_at = excluded.booted_at, offset_ms = excluded.offset_ms,
        error_ms = excluded.error_ms, measured_at = excluded.measured_at,
        samples = excluded.samples`,
    values: [JSON.stringify(rows)],
  });
}

/** Milliseconds since 1970, as JavaScript counts them. */
function ms(column: string): string {
  return `(extract(epoch from ${column}) * 1000)::double precision`;
}
