import type { Cause } from '@coroner/schema/cause';
import { stableId } from '@coroner/schema/identity';
import type { StoredAnswer } from '@coroner/schema/tables/deaths';
import type { IncidentKey } from './key.ts';

/** The first and the last death that came with a key, ms since 1970, each as far out as its clock may be wrong. */
export interface Span {
  firstMs: number;
  lastMs: number;
  /** How many deaths came with it; of what is offered alone. */
  deaths?: number;
}

/** An incident as it is known before or after a batch. */
export interface Incident {
  id: string;
  title: string;
  cause: Cause;
  firstAt: string;
  lastAt: string;
  /** 0 while it is made anew from its deaths, and when none is left to it. */
  deaths: number;
  hosts: string[];
  revision: number;
  /** The first death, and its answer. */
  deathId: string;
  first: StoredAnswer;
  keys: Map<string, Span>;
  /** What those may seek that are part of it and alert nobody; it is not kept. */
  offers: Map<string, Span>;
}

/** A death that alerts: it has no incident yet, or was judged anew and may have other keys now. */
export interface Newcomer {
  deathId: string;
  host: string;
  diedAt: string;
  /** How far that may be wrong, ms. */
  errorMs: number;
  answer: StoredAnswer;
  keys: readonly IncidentKey[];
  /** The incident that it is in already, which is among the known ones. */
  incidentId?: string | null;
  /** The incident that it was in and that is made anew: its, where nothing else is. */
  wasIn?: string | null;
  /** Keeps another incident that opens with it apart from one that did so before. */
  again?: string | null;
}

/** Whether it makes an incident by itself; else it can be part of one, and does not stand for it. */
export const opens = ({ keys }: Newcomer): boolean => keys.some(({ role }) => role === undefined);

export function spanOf({ diedAt, errorMs }: Newcomer): Span {
  const diedMs = Date.parse(diedAt);
  return { firstMs: diedMs - errorMs, lastMs: diedMs + errorMs };
}

export function open(newcomer: Newcomer): Incident {
  const { answer, deathId, diedAt, host, wasIn, again } = newcomer;
  const apart = wasIn ?? again ?? null;
  return {
    id: stableId('incident', deathId, ...(apart === null ? [] : [apart])),
    title: '',
    cause: answer.verdict.cause,
    firstAt: diedAt,
    lastAt: diedAt,
    deaths: 1,
    hosts: [host],
    revision: 0,
    deathId,
    first: answer,
    keys: new Map(),
    offers: new Map(),
  };
}

/** The same incident, told to others under its id, with this death alone in it. */
export function openAgain(incident: Incident, newcomer: Newcomer): void {
  const { id: _id, revision: _revision, title: _title, ...opened } = open(newcomer);
  Object.assign(incident, opened);
}

export function join(incident: Incident, newcomer: Newcomer): void {
  const { answer, deathId, diedAt, host } = newcomer;
  incident.deaths += 1;
  if (!incident.hosts.includes(host)) incident.hosts = [...incident.hosts, host].sort();
  if (diedAt > incident.lastAt) incident.lastAt = diedAt;
  if (opens(newcomer) && diedAt < incident.firstAt) {
    incident.firstAt = diedAt;
    incident.deathId = deathId;
    incident.first = answer;
    incident.cause = answer.verdict.cause;
  }
}

/** All that the other has is this one's. */
export function takeUp(incident: Incident, other: Incident): void {
  incident.deaths += other.deaths;
  incident.hosts = [...new Set([...incident.hosts, ...other.hosts])].sort();
  if (other.lastAt > incident.lastAt) incident.lastAt = other.lastAt;
  if (other.firstAt < incident.firstAt) {
    const { firstAt, deathId, first, cause } = other;
    Object.assign(incident, { firstAt, deathId, first, cause });
  }
  for (const [key, span] of other.keys) widen(incident.keys, key, span);
  for (const [key, span] of other.offers) widen(incident.offers, key, span);
}

/** A death came with this key. */
export function widen(spans: Map<string, Span>, key: string, span: Span): void {
  const { firstMs, lastMs, deaths = 1 } = span;
  const known = spans.get(key);
  spans.set(key, {
    firstMs: Math.min(firstMs, known?.firstMs ?? firstMs),
    lastMs: Math.max(lastMs, known?.lastMs ?? lastMs),
    deaths: (known?.deaths ?? 0) + deaths,
  });
}
