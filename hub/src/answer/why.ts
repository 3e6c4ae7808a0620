import type { Answer, HostEnded } from '@coroner/schema/http/answer';
import type { WhyQuery } from '@coroner/schema/http/queries';
import type { Queryable } from '../store/database.ts';
import { type DeathFilter, type FoundDeath, findDeaths } from '../store/questions/find-deaths.ts';
import type { HostEnd } from '../store/questions/host-ends.ts';
import { hostsNamed } from '../store/questions/host-names.ts';
import { namesContaining, namesOfLength } from '../store/questions/process-names.ts';
import { completeAnswer } from './complete-answer.ts';
import { ended, hostEndedSince, hostEndsAt } from './host-ended.ts';
import { meantHost } from './names/meant-host.ts';
import { allowedEdits, nearestNames } from './names/nearest-names.ts';
import { asComm, looseMatches, plainName, spellings } from './names/spellings.ts';
import { newestDeaths } from './newest.ts';
import { gapsOfSilence } from './silence.ts';
import { distanceMs, newestFirst } from './when.ts';

/** Further deaths that the question could mean are listed up to here. */
const mostOthers = 5;
const mostCandidates = 5;
/** Deaths among which candidates of different incidents are looked for. */
const mostLookedAt = 100;
/** Beside a death within a quarter of an hour, nothing further away is meant. */
const preferWithinMs = 15 * 60_000;

export interface NoSuchDeath {
  candidates: { id: string; host: string; comm: string; diedAt: string }[];
  gaps: string[];
  hostEnded: HostEnded | null;
}

/** Answers "why did it die?", or says what is nearest to the question. */
export async function why(
  on: Queryable,
  query: WhyQuery,
): Promise<{ answer: Answer } | { none: NoSuchDeath }> {
  const found = await onHostsMeant(on, query);
  const [death, ...others] = query.at ? byNearness(found, query.at) : found.toSorted(newestFirst);
  if (!death) return { none: await noSuchDeath(on, query) };
  const answer = await completeAnswer(on, death);
  answer.others = others.slice(0, mostOthers).sort(newestFirst).map(summaryOf);
  const hostEnded = await hostEndedSince(on, query, death);
  return { answer: hostEnded ? { ...answer, hostEnded } : answer };
}

/** On the host as it is spelled; where nothing fits there, on hosts whose names fit loosely. */
async function onHostsMeant(on: Queryable, query: WhyQuery): Promise<FoundDeath[]> {
  const exact = await matches(on, query);
  if (exact.length > 0 || query.host === undefined) return exact;
  const others = (await hostsNamed(on, query.host)).filter((host) => host !== query.host);
  const found = await Promise.all(others.map((host) => matches(on, { ...query, host })));
  return found.flat();
}

/** Exact names first; only where nothing has them, looser ones. */
async function matches(on: Queryable, query: WhyQuery): Promise<FoundDeath[]> {
  const { process } = query;
  if (process === undefined) return find(on, query, null);
  const exact = await find(on, query, spellings(process));
  if (exact.length > 0) return exact;
  const comm = asComm(process);
  const cut = comm ? await find(on, query, [comm]) : [];
  if (cut.length > 0) return cut;
  const loose = looseMatches(process, await namesContaining(on, plainName(process)));
  return loose.length > 0 ? find(on, query, loose) : [];
}

/** The newest, or with `at` those on both sides of it. */
async function find(
  on: Queryable,
  { host, pid, at }: WhyQuery,
  names: readonly string[] | null,
  most = mostOthers + 1,
): Promise<FoundDeath[]> {
  const filter: DeathFilter = {
    names,
    host: host ?? null,
    pid: pid ?? null,
    since: null,
    until: null,
  };
  if (at === undefined) return newestDeaths(on, filter, most);
  const before = await findDeaths(on, { ...filter, until: at }, 'desc', most);
  const after = await findDeaths(on, { ...filter, since: at }, 'asc', most);
  return [...new Map([...before, ...after].map((death) => [death.id, death])).values()];
}

/** Nearest to `at` first; if some are close, those alone. */
function byNearness(deaths: readonly FoundDeath[], at: string): FoundDeath[] {
  const atMs = Date.parse(at);
  const distance = (death: FoundDeath) => distanceMs(death, atMs);
  const sorted = [...deaths].sort((a, b) => distance(a) - distance(b));
  const close = sorted.filter((death) => distance(death) <= preferWithinMs);
  return close.length > 0 ? close : sorted;
}

/** The host's own end where the question points; then the nearest by spelling, else the newest of the host. */
async function noSuchDeath(on: Queryable, asked: WhyQuery): Promise<NoSuchDeath> {
  const query = { ...asked, host: await meantHost(on, asked.host) };
  const gaps = await gapsOfSilence(on, query.host ?? null, query.at ?? null);
  const ends = await hostEndsAt(on, query);
  const deaths = [...ends, ...(await nearestDeaths(on, query))].slice(0, mostCandidates);
  const candidates = [...new Map(deaths.map((death) => [death.id, death])).values()].map(summaryOf);
  const [end] = ends;
  return { candidates, gaps, hostEnded: end && query.host !== undefined ? ended(end) : null };
}

async function nearestDeaths(on: Queryable, query: WhyQuery): Promise<FoundDeath[]> {
  const name = query.process && plainName(query.process);
  const anywhere = name ? await find(on, { at: query.at }, spellings(name)) : [];
  if (anywhere.length > 0) return anywhere;
  const near = name ? await misspelled(on, name) : [];
  const there: WhyQuery = { host: query.host, at: query.at };
  const byName = near.length > 0 ? await find(on, there, near, mostLookedAt) : [];
  return oneAnIncident(byName.length > 0 ? byName : await find(on, there, null, mostLookedAt));
}

/** A hundred victims of one command are one candidate. */
function oneAnIncident(deaths: readonly FoundDeath[]): FoundDeath[] {
  const first = new Map<string, FoundDeath>();
  for (const death of deaths) {
    const key = death.incidentId ?? death.id;
    if (!first.has(key)) first.set(key, death);
  }
  return [...first.values()].slice(0, mostCandidates);
}

async function misspelled(on: Queryable, name: string): Promise<string[]> {
  const edits = allowedEdits(name);
  const suffix = '.service'.length;
  const known = await namesOfLength(on, name.length - edits, name.length + edits + suffix);
  return nearestNames(name, known, mostCandidates);
}

const summaryOf = ({ id, host, comm, diedAt, answer }: HostEnd) => ({
  id,
  host,
  comm,
  diedAt,
  pid: answer.death.pid,
  summary: answer.verdict.summary,
});
