import type { TraceEvent } from '../ring/event.ts';
import { type End, endOf, endSaidToParent } from './end.ts';
import { type ReadBudget, readFacts, refresh } from './facts.ts';
import { execed, type Known, receive, wasThere } from './known.ts';
import { senderOf } from './sender.ts';
import { strangers } from './strangers.ts';
import type { ProcessTable } from './table.ts';

/** A process that is gone, and how. */
export interface Gone {
  readonly known: Known;
  readonly atUs: number;
  readonly end: End;
}

interface Dying {
  known: Known;
  atUs: number;
  /** Else it may be one thread of several: then its parent is not told. */
  isProcess: boolean;
}

export interface Pairing {
  /** Takes one event; the clock is µs since boot. */
  take(event: TraceEvent, atUs: number): void;
  /** Ends that nobody told more about for a while are handed over. Returns how many still wait. */
  settle(nowUs: number): number;
  /** Records are missing: what follows from an end that was not seen is doubtful for a while. */
  doubt(nowUs: number): void;
  /** Processes that ended before `beganUs` and are told of by nothing but this number. */
  untold(): number;
  /** Looks for those that are gone although no record said so. */
  sweep(nowUs: number): void;
}

const sigchld = 17;
/** How long after a loss an end that was not seen may still be the reason of a signal. */
const doubtUs = 5_000_000;
/** The parent's SIGCHLD follows the end at once, unless memory takes long to free. */
const settleUs = 300_000;
const rememberedEnds = 1024;

/**
 * Puts together what the kernel tells of each process: its signals with their senders, and its end.
 * What is from before `beganUs` waited in the rings of an agent that was killed.
 */
export function pairing(
  table: ProcessTable,
  budget: ReadBudget,
  onGone: (gone: Gone) => void,
  beganUs: number,
): Pairing {
  const waiting = new Map<number, Dying>();
  /** Threads that ended lately: a task that runs after its own end is a dying one. */
  const ended = new Map<number, Known>();
  const before = strangers(beganUs);
  let lostAtUs = Number.NEGATIVE_INFINITY;
  let untold = 0;

  /** Whoever had that number then: it may be another's now. */
  function knownAt(tid: number, atUs: number): Known | null {
    const known = table.ofThread(tid);
    return known && wasThere(known, atUs) ? known : before.get(tid);
  }

  function take(event: TraceEvent, atUs: number): void {
    if (event.kind === 'task') created(event, atUs);
    else if (event.kind === 'exit') exited(event, atUs);
    else if (event.kind === 'signal' && event.number === sigchld) childEnded(event);
    else if (event.kind === 'signal') signalled(event, atUs);
    else {
      const known = knownAt(event.pid, atUs);
      if (!known) return;
      if (event.kind === 'oom-mark') known.oomMarked = true;
      else execed(known, event.filename, readFacts(known, budget));
    }
  }

  function created(event: Extract<TraceEvent, { kind: 'task' }>, atUs: number): void {
    ended.delete(event.pid);
    before.forget(event.pid);
    const parent = knownAt(event.tid, atUs);
    if (!event.thread) table.fork(event.pid, event.comm, atUs, parent);
    else if (parent) table.addThread(event.pid, parent);
  }

  function signalled(event: Extract<TraceEvent, { kind: 'signal' }>, atUs: number): void {
    const victim = knownAt(event.target, atUs) ?? before.add(event.target, event.targetComm, atUs);
    if (!victim) return;
    const dead = ended.get(event.tid) ?? null;
    const exiting = dead ? true : atUs - lostAtUs < doubtUs ? null : false;
    const task = event.inInterrupt ? null : (dead ?? knownAt(event.tid, atUs));
    refresh(victim, budget);
    receive(victim, {
      number: event.number,
      code: event.code,
      group: event.group,
      firstUs: atUs,
      lastUs: atUs,
      count: 1,
      sender: { ...senderOf(task, victim, table, budget, exiting), inInterrupt: event.inInterrupt },
    });
  }

  function exited(event: Extract<TraceEvent, { kind: 'exit' }>, atUs: number): void {
    const known = knownAt(event.pid, atUs);
    if (!known || known.startUs === null) {
      strangerExited(event, atUs);
      return;
    }
    table.removeThread(event.pid);
    remember(event.pid, known);
    known.threads -= 1;
    if (!(event.groupDead ?? known.threads <= 0)) return;
    if (known.pid === event.pid) known.comm = event.comm;
    const end = known.pid === event.pid ? endOf(known) : null;
    table.remove(known.pid);
    if (end) onGone({ known, atUs, end });
    else waiting.set(event.pid, { known, atUs, isProcess: true });
  }

  function strangerExited(event: Extract<TraceEvent, { kind: 'exit' }>, atUs: number): void {
    const known = before.exited(event.pid, event.comm, atUs);
    if (!known) return;
    remember(event.pid, known);
    const isProcess = event.groupDead === true || known.signals.length > 0;
    waiting.set(event.pid, { known, atUs, isProcess });
  }

  function conclude({ known, atUs }: Dying, code: number | null): void {
    const of = known.startUs === null ? before.endOf(known, atUs) : 'own';
    if (of === 'own') onGone({ known, atUs, end: endSaidToParent(code, known.signals) });
    else if (of === 'unknown') untold += 1;
  }

  /** The kernel tells the parent of an end, while the last thread runs. */
  function childEnded(event: Extract<TraceEvent, { kind: 'signal' }>): void {
    const dying = waiting.get(event.tid);
    if (!dying) return;
    waiting.delete(event.tid);
    conclude(dying, event.code);
  }

  function remember(tid: number, known: Known): void {
    ended.delete(tid);
    ended.set(tid, known);
    if (ended.size <= rememberedEnds) return;
    for (const oldest of ended.keys()) {
      ended.delete(oldest);
      break;
    }
  }

  return {
    take,
    settle(nowUs) {
      for (const [tid, dying] of waiting) {
        if (nowUs - dying.atUs < settleUs) continue;
        waiting.delete(tid);
        if (dying.isProcess) conclude(dying, null);
      }
      return waiting.size;
    },
    untold: () => untold,
    doubt(nowUs) {
      lostAtUs = nowUs;
    },
    sweep(nowUs) {
      for (const known of table.vanished()) {
        if (table.get(known.pid) === known) table.remove(known.pid);
        onGone({ known, atUs: nowUs, end: endSaidToParent(null, known.signals) });
      }
    },
  };
}
