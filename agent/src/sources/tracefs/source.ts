import { release } from 'node:os';
import { bootClock } from '../../probe/event/clock.ts';
import type { Emit, RunningSource, Source } from '../../source.ts';
import { toDeathEvent } from './event/death.ts';
import { kernelTraits } from './event/signal.ts';
import { isWanted, type Wanted } from './event/wanted.ts';
import { traceClock } from './kernel/clock.ts';
import { openInstance } from './kernel/instance.ts';
import { lossReports } from './kernel/losses.ts';
import { mountedTracing } from './kernel/mount.ts';
import { tracefsSupport } from './kernel/support.ts';
import { type Gone, pairing } from './pairing/pairing.ts';
import { ancestorsOf } from './pairing/sender.ts';
import { processTable } from './pairing/table.ts';
import { eventReader } from './ring/event.ts';
import { readRings } from './ring/reader.ts';
import type { RawRecord } from './ring/record.ts';

export interface TracefsOptions extends Wanted {
  readonly host: string;
  readonly bootId: string;
  /** Names the tracing instance; null = one that nobody takes over. */
  readonly instance: string | null;
  /** Of each processor; default 2 MiB, 64 MiB for all. */
  readonly ringKb?: number;
  /** Inode of the pid namespace to watch; it cannot, and says so. */
  readonly scopePidNamespace?: number | null;
}

/** Reads of /proc a batch: in a storm the rings come first. */
const readsPerBatch = 256;
const settleEveryMs = 100;
/** By then the rings that an agent left are read, and their ends settled. */
const tellOfBeforeMs = 2_000;

/** Deaths with their senders from the kernel's trace events, where the probe cannot run. */
export function tracefsSource(options: TracefsOptions): Source {
  const status = () => tracefsSupport(Boolean(options.scopePidNamespace));
  return {
    name: 'tracefs',
    insteadOf: ['probe'],
    status,
    async start(emit) {
      const { state, why, enable } = status();
      if (state === 'missing') throw new Error(`${why}; ${enable}`);
      return start(options, emit);
    },
  };
}

function start(options: TracefsOptions, emit: Emit): RunningSource {
  const name = options.instance ?? `pid-${process.pid}`;
  const instance = openInstance(mountedTracing(), name, options.ringKb);
  const clock = bootClock();
  const times = traceClock(instance.clock);
  const kernel = kernelTraits(release(), instance.formats.has('oom-mark'));
  const context = { ...options, kernel, instant: clock.instant };
  const budget = { left: readsPerBatch };
  const table = processTable();
  const beganUs = clock.nowBootUs();
  const pairs = pairing(table, budget, gone, beganUs);
  /** When those ended whom only the agent before knew. */
  const fromBefore: number[] = [];
  let toldOfBefore: NodeJS.Timeout | null = setTimeout(tellOfBefore, tellOfBeforeMs);
  const losses = lossReports(instance, clock, (event) => {
    emit(event);
    pairs.sweep(clock.nowBootUs());
  });
  const read = eventReader(instance.formats);
  let settling: NodeJS.Timeout | null = null;
  const rings = readRings({
    ...instance,
    take,
    onLoss(why) {
      pairs.doubt(clock.nowBootUs());
      losses.note(why);
    },
  });
  return {
    async stop() {
      rings.stop();
      if (settling) clearTimeout(settling);
      pairs.settle(Number.POSITIVE_INFINITY);
      if (toldOfBefore) tellOfBefore();
      losses.stop();
      await instance.remove();
    },
  };

  function take(records: readonly RawRecord[]): void {
    budget.left = readsPerBatch;
    clock.measure();
    times.compare(records.at(-1)?.ns ?? 0, clock.nowBootUs());
    for (const record of records) {
      const event = read(record);
      if (event) pairs.take(event, times.toBootUs(record.ns));
    }
    losses.upToDate();
    settle();
  }

  function settle(): void {
    const waiting = pairs.settle(clock.nowBootUs());
    if (waiting > 0) settling ??= setTimeout(settled, settleEveryMs);
  }

  function settled(): void {
    settling = null;
    settle();
  }

  /** What the agent before knew of these is gone with it. */
  function tellOfBefore(): void {
    if (toldOfBefore) clearTimeout(toldOfBefore);
    toldOfBefore = null;
    const lost = pairs.untold();
    const [first] = fromBefore;
    if (lost === 0 && first === undefined) return;
    const count = `${fromBefore.length} ${fromBefore.length === 1 ? 'process' : 'processes'}`;
    const until = clock.instant(beganUs);
    emit({
      ...{ kind: 'gap', source: 'tracefs', at: until, bootUs: beganUs, of: 'tracefs' },
      ...{ since: clock.instant(first ?? beganUs), until, lost },
      reason: `of ${count} that ended while no agent ran only name, time and signals are known`,
    });
  }

  function gone(end: Gone): void {
    if (end.known.seen?.isKernelThread) return;
    if (end.known.startUs === null) fromBefore.push(end.atUs);
    const death = toDeathEvent(end, ancestorsOf(end.known, table), context);
    if (isWanted(death, options)) emit(death);
  }
}
