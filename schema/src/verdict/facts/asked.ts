import type { EventOf } from '../../event/event.ts';
import { fits } from '../../glob.ts';
import type { Process } from '../../process.ts';
import { lineage } from '../origin/ancestor.ts';
import { enderOf } from './ender.ts';
import type { Facts } from './facts.ts';
import { liesWithRoot } from './system-program.ts';
import { toldRequests } from './told-requests.ts';

export type Request = EventOf<'request'>;

/**
 * Who asked for what a manager did: one, several of whom one did, or some who may have: their command
 * names something wider, or how it ended is not known (yet).
 */
export interface Asked {
  how: 'one' | 'one-of' | 'maybe';
  /** Nearest first. */
  requests: Request[];
  /** From each of them to the first signal. */
  beforeMs: number[];
}

/** What ended something for somebody. */
export type Manager = 'service-manager' | 'container-runtime' | 'host';

const withinMs = 90_000;
const usPerMs = 1000;
const init = 1;

/**
 * The commands that asked `by` for this end within 90 s before its first signal. What had failed by
 * then, or had got what it asked for, and what came before the victim itself, is none of them.
 */
export function askedFor(facts: Facts, by: Manager): Asked | null {
  return (
    askedBy(lastTold(facts.evidence), facts, by) ?? askedBy(toldRequests(facts.evidence), facts, by)
  );
}

function askedBy(told: Iterable<Request>, facts: Facts, by: Manager): Asked | null {
  const known = [...told].filter((request) => isToldTo(request, facts, by));
  const near = known
    .filter((request) => !isCalledOff(request, known))
    .flatMap((request) => {
      const beforeMs = leadMs(request, facts);
      return beforeMs === null || beforeMs < 0 || beforeMs > withinMs
        ? []
        : [{ request, beforeMs }];
    })
    .filter(({ request }) => !isOver(request, facts))
    .sort((a, b) => a.beforeMs - b.beforeMs);
  const fitting = (how: Fit) => near.filter(({ request }) => fit(request, facts, by) === how);
  const exact = fitting('exact');
  const found = exact.length > 0 ? exact : fitting('wide');
  // service(8) runs systemctl: the same request, nearer to whom it is made.
  const own = found.filter(
    ({ request }) => !found.some((other) => isAbove(request.by, other.request.by)),
  );
  if (own.length === 0) return null;
  // A command whose end is not known may have been refused.
  const isCertain = exact.length > 0 && own.every(({ request }) => request.endedUs !== undefined);
  return {
    how: exact.length > 0 && own.length > 1 ? 'one-of' : isCertain ? 'one' : 'maybe',
    requests: own.map(({ request }) => request),
    beforeMs: own.map(({ beforeMs }) => beforeMs),
  };
}

/** One a process: the newest command that it became, as it was told last. */
function lastTold(evidence: Facts['evidence']): Iterable<Request> {
  const told = new Map<string, Request>();
  for (const event of evidence) {
    if (event.kind !== 'request') continue;
    const key = `${event.by.pid} ${event.by.startUs}`;
    const known = told.get(key);
    if (!known || isLater(event, known)) told.set(key, withIds(event, known));
  }
  return told.values();
}

function isLater(a: Request, b: Request): boolean {
  const [aUs, bUs] = [a.bootUs ?? 0, b.bootUs ?? 0];
  return aUs === bUs ? a.endedUs !== undefined : aUs > bUs;
}

/** What a name stood for is looked up when the command is run, and told then alone. */
const withIds = (request: Request, before: Request | undefined): Request =>
  !request.ids && before?.ids && before.bootUs === request.bootUs
    ? { ...request, ids: before.ids }
    : request;

/** Asked of the manager that acted: of the same kind, in the same pid namespace, of the same user. */
function isToldTo(request: Request, facts: Facts, manager: Manager): boolean {
  const { of, by, ofUser } = request;
  const { victim } = facts;
  const sender = enderOf(facts);
  // A program of somebody's own that is called systemctl asks nobody.
  if (!liesWithRoot(by)) return false;
  if (manager === 'container-runtime') return of === 'container' || of === 'pod';
  // The runtime of containers is outside of them; an init is asked from within.
  if (of === 'container') return manager === 'service-manager' && victim.container != null;
  if (!sender || isApart(by.pidNamespace, sender.pidNamespace)) return false;
  if (of === 'host' || manager === 'host') return of === 'host';
  const isSystem = sender.pid === init || sender.innerPid === init;
  return of === 'unit' && (ofUser ? !isSystem && by.uid === sender.uid : isSystem);
}

const isApart = (one: number | null | undefined, other: number | null | undefined): boolean =>
  one != null && other != null && one !== other;

const isCalledOff = (request: Request, known: readonly Request[]): boolean =>
  request.callsOff === true ||
  (request.dueAt !== undefined &&
    known.some((other) => other.callsOff && (other.bootUs ?? 0) > (request.bootUs ?? 0)));

/** From the request, or from when it was due, to the first signal of the manager, in ms. */
function leadMs({ at, bootUs, dueAt }: Request, facts: Facts): number | null {
  const { death, victim } = facts;
  const first = firstUs(facts);
  if (typeof bootUs === 'number' && first !== null) {
    if (typeof victim.startUs === 'number' && victim.startUs > bootUs) return null;
    const due = dueAt && at ? Math.max(0, Date.parse(dueAt) - Date.parse(at)) : 0;
    return (first - bootUs) / usPerMs - due;
  }
  if (at === null || death.at === null) return null;
  return Date.parse(death.at) - Date.parse(dueAt ?? at);
}

/** When the manager first acted: what follows a SIGTERM was not asked for by somebody else. */
function firstUs(facts: Facts): number | null {
  const { death } = facts;
  const ender = enderOf(facts);
  const own = death.signals.filter(({ current }) => ender && current?.pid === ender.pid);
  return own.length > 0 ? Math.min(...own.map(({ bootUs }) => bootUs)) : (death.bootUs ?? null);
}

/** It had failed before the manager acted; or it waits for the end of what it asks for, and has got it. */
function isOver({ of, endedUs, exitCode, waits }: Request, facts: Facts): boolean {
  const first = firstUs(facts);
  if (endedUs === undefined || first === null || typeof exitCode !== 'number') return false;
  // That a stop failed is told by systemctl as 1, that one may not ask for it as 4.
  if (endedUs >= first) return exitCode > (of === 'unit' ? 1 : 0);
  return exitCode !== 0 || waits === true;
}

type Fit = 'exact' | 'wide';

/** Whether it names what the victim was part of: `wide` where it names what may take that along. */
function fit(request: Request, { victim }: Facts, by: Manager): Fit | null {
  const { of, targets, ids = [] } = request;
  if (of === 'host') return by === 'host' ? 'exact' : 'wide';
  if (targets.length === 0) return 'wide';
  if (of === 'pod') return ids.some((id) => id === victim.pod) ? 'exact' : null;
  if (of === 'container') return isContainer(victim.container ?? '', targets, ids) ? 'exact' : null;
  const unit = victim.unit ?? '';
  if (targets.some((target) => isUnit(unit, target, victim.cgroup ?? ''))) return 'exact';
  return request.action === 'isolate' || targets.some((target) => isAbout(unit, target))
    ? 'wide'
    : null;
}

const isUnit = (unit: string, target: string, cgroup: string): boolean =>
  target.endsWith('.slice')
    ? cgroup.split('/').includes(target)
    : unit !== '' && fits(target, unit);

/** A target, or the service that those of a template belong to: postgresql.service has postgresql@15-main. */
const isAbout = (unit: string, target: string): boolean =>
  target.endsWith('.target') || unit.startsWith(`${target.replace(/\.service$/, '')}@`);

const shortestPrefix = 3;

const isContainer = (container: string, targets: readonly string[], ids: readonly string[]) =>
  container !== '' &&
  (ids.includes(container) ||
    targets.some(
      (target) =>
        target === container ||
        (target.length >= shortestPrefix &&
          /^[0-9a-f]+$/.test(target) &&
          container.startsWith(target)),
    ));

/** One is an ancestor of the other. */
function isAbove(above: Process, below: Process): boolean {
  return lineage(below)
    .slice(1)
    .some(
      ({ pid, startUs }) => pid === above.pid && (startUs == null || startUs === above.startUs),
    );
}
