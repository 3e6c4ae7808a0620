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
/** Heartbeats come every 15 s; of batches, which may come by the hundred, some are enough. */
const mostOftenMs = 10_000;
/** One that was this much faster than the fastest is worth having at once. */
const fasterMs = 20;
/** So is the first after the wall clock was set by this much. */
const leastStepMs = 500;

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
    const sample = { receivedMs, wallMs, bootMs };
    if (isWorthHaving(sample, samples)) samples.push(sample);
  }
  if (samples.length === (known?.samples.length ?? 0)) return [];
  samples.sort((a, b) => a.receivedMs - b.receivedMs);
  const newest = samples.slice(-mostSamples);
  const { host, bootId } = first;
  const measuredMs = newest.at(-1)?.receivedMs ?? first.receivedMs;
  return [{ host, bootId, samples: newest, measuredMs, ...estimateClock(newest) }];
}

function isWorthHaving(sample: ClockSample, known: readonly ClockSample[]): boolean {
  const last = known.at(-1);
  if (!last || sample.receivedMs - last.receivedMs >= mostOftenMs) return true;
  if (sample.bootMs === null) return false;
  if (last.bootMs !== null && Math.abs(bootWallMs(sample) - bootWallMs(last)) >= leastStepMs)
    return true;
  return known.every(
    ({ receivedMs, bootMs }) =>
      bootMs === null || sample.receivedMs - (sample.bootMs ?? 0) < receivedMs - bootMs - fasterMs,
  );
}

/** The wall clock of the moment of boot: it moves only when the clock is set. */
const bootWallMs = ({ wallMs, bootMs }: ClockSample): number => wallMs - (bootMs ?? 0);

const firstOf = (stamps: readonly Stamp[]): Stamp[] => stamps.slice(0, 1);
