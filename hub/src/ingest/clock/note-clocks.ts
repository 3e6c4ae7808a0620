import type { ClockSample } from '@coroner/schema/tables/host-clocks';
import type { Transaction } from '../../store/database.ts';
import { type ClockRow, loadClocks, saveClocks } from '../../store/hosts/host-clocks.ts';
import { estimateClock } from './estimate.ts';

/** A message as it left its host: what its clocks said then. */
export interface Stamp extends ClockSample {
  host: string;
  bootId: string;
}

/** Sixteen heartbeats, four minutes: a host that was paused is told right again after that. */
const mostSamples = 16;
/** Batches come by the hundred and say what heartbeats say better. */
const batchesEveryMs = 60_000;

/** Measures the clocks of hosts by the messages that came; call it with the locks of the hosts held. */
export async function noteClocks(
  transaction: Transaction,
  stamps: readonly Stamp[],
): Promise<void> {
  const byBoot = new Map<string, Stamp[]>();
  for (const stamp of stamps) {
    const key = JSON.stringify([stamp.host, stamp.bootId]);
    const known = byBoot.get(key);
    if (known) known.push(stamp);
    else byBoot.set(key, [stamp]);
  }
  if (byBoot.size === 0) return;
  const known = await loadClocks(transaction, [...byBoot.values()].flatMap(firstOf));
  const rows = [...byBoot].flatMap(([key, news]) => measured(news, known.get(key)));
  await saveClocks(transaction, rows);
}

function measured(news: readonly Stamp[], known: ClockRow | undefined): ClockRow[] {
  const [first] = news;
  if (!first) return [];
  const samples = [...(known?.samples ?? [])];
  for (const { receivedMs, wallMs, bootMs } of news) {
    const last = samples.at(-1);
    if (bootMs === null && last && receivedMs - last.receivedMs < batchesEveryMs) continue;
    samples.push({ receivedMs, wallMs, bootMs });
  }
  if (samples.length === (known?.samples.length ?? 0)) return [];
  samples.sort((a, b) => a.receivedMs - b.receivedMs);
  const newest = samples.slice(-mostSamples);
  const { host, bootId } = first;
  const measuredMs = newest.at(-1)?.receivedMs ?? first.receivedMs;
  return [{ host, bootId, samples: newest, measuredMs, ...estimateClock(newest) }];
}

const firstOf = (stamps: readonly Stamp[]): Stamp[] => stamps.slice(0, 1);
