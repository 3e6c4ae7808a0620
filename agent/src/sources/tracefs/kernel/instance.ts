import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TraceKind } from '../ring/event.ts';
import { type Format, parseFields, parseFormat } from '../ring/format.ts';
import { type PageLayout, pageLayout } from '../ring/page.ts';
import { eventFolders, neededEvents, signalFilter } from './events.ts';

/** A part of tracing that is ours alone: events, filters and rings. */
export interface Instance {
  readonly folder: string;
  readonly formats: ReadonlyMap<TraceKind, Format>;
  readonly page: PageLayout;
  readonly cpus: readonly number[];
  /** `boot` where the kernel has it: CLOCK_BOOTTIME in ns; else a clock with a beginning of its own. */
  readonly clock: string;
  /** Stops recording and removes it, once its files are closed. */
  remove(): Promise<void>;
}

const mostRingKb = 2048;
const mostRingsKb = 64 * 1024;
/** Best first: what counts on while the machine sleeps, else what all processors agree on. */
const clocks = ['boot', 'mono', 'global'] as const;
export const instancePrefix = 'coroner-';
const ofProcess = /^coroner-pid-(\d+)$/;
const removeTries = 20;
const removeEveryMs = 50;

/** Starts recording under `name`. One that a killed agent of this name left behind is taken over, with what it holds. */
export function openInstance(tracing: string, name: string, ringKb = ownRingKb()): Instance {
  removeOrphans(tracing);
  const folder = `${tracing}/instances/${instancePrefix}${name}`;
  if (!existsSync(folder)) mkdirSync(folder);
  try {
    return { ...record(tracing, folder, ringKb), folder, remove: () => remove(folder) };
  } catch (error) {
    rmdirSync(folder);
    throw error;
  }
}

function record(
  tracing: string,
  folder: string,
  ringKb: number,
): Omit<Instance, 'folder' | 'remove'> {
  writeFileSync(`${folder}/buffer_size_kb`, String(ringKb));
  // A reader is woken by the first record, not when half of the ring is full.
  if (existsSync(`${folder}/buffer_percent`)) writeFileSync(`${folder}/buffer_percent`, '0');
  const clock = setClock(folder);
  const formats = new Map<TraceKind, Format>();
  for (const [kind, event] of Object.entries(eventFolders) as [TraceKind, string][]) {
    const path = `${folder}/events/${event}`;
    if (!existsSync(path)) {
      if (neededEvents.includes(kind)) throw new Error(`this kernel has no trace event ${event}`);
      continue;
    }
    const format = parseFormat(readFileSync(`${path}/format`, 'latin1'));
    if (kind === 'signal') writeFileSync(`${path}/filter`, signalFilter(format));
    formats.set(kind, format);
  }
  for (const kind of formats.keys())
    writeFileSync(`${folder}/events/${eventFolders[kind]}/enable`, '1');
  return {
    formats,
    clock,
    page: pageLayout(parseFields(readFileSync(`${tracing}/events/header_page`, 'latin1'))),
    cpus: readdirSync(`${folder}/per_cpu`).map((entry) => Number(entry.slice('cpu'.length))),
  };
}

/** Of each processor, bounded for all together. */
const ownRingKb = (): number => Math.min(mostRingKb, Math.floor(mostRingsKb / cpus().length));

/** The clock that is set already is kept: setting one empties the ring, with what a killed agent left. */
function setClock(folder: string): string {
  const offered = readFileSync(`${folder}/trace_clock`, 'latin1');
  const best = clocks.find((clock) => offered.split(/[\s[\]]+/).includes(clock)) ?? 'local';
  if (!offered.includes(`[${best}]`)) writeFileSync(`${folder}/trace_clock`, best);
  return best;
}

async function remove(folder: string): Promise<void> {
  writeFileSync(`${folder}/events/enable`, '0');
  for (let tries = 1; ; tries++) {
    try {
      rmdirSync(folder);
      return;
    } catch (error) {
      if (tries === removeTries) throw error;
      await sleep(removeEveryMs);
    }
  }
}

/** What `watch` and `doctor` leave behind when they are killed. */
function removeOrphans(tracing: string): void {
  for (const name of readdirSync(`${tracing}/instances`)) {
    const pid = ofProcess.exec(name)?.[1];
    if (pid === undefined || existsSync(`/proc/${pid}`)) continue;
    try {
      rmdirSync(`${tracing}/instances/${name}`);
    } catch {
      // Somebody reads it; it goes with the next start.
    }
  }
}
