import type { HostMoment } from '@coroner/schema/http/host-moment';
import type { Pool } from '../../store/database.ts';
import { aroundCronRuns, readCronRuns } from '../../store/fleet/list-cron-runs.ts';
import { listTimeline } from '../../store/fleet/list-timeline.ts';
import { cronRunsOf, processesAt } from '../../store/fleet/running-at.ts';
import { watchesAt } from '../../store/hosts/host-watch.ts';
import { holesIn } from '../../store/hosts/watched-spells.ts';
import { gapsOfSilence } from '../silence.ts';
import { sessionPage } from './logins.ts';

const minuteMs = 60_000;
const beforeMs = 5 * minuteMs;
const afterMs = minuteMs;
/** Items of each list. */
const most = 100;

/** Everything that is known to have been there on a host at a time. */
export async function hostMoment(pool: Pool, host: string, time: string): Promise<HostMoment> {
  const [watch, sessions, ran, around] = await Promise.all([
    watchThen(pool, host, time),
    sessionPage(pool, { host, at: time, limit: most }, null),
    runningThen(pool, host, time),
    listTimeline(
      pool,
      {
        hosts: [host],
        since: shifted(time, -beforeMs),
        until: shifted(time, afterMs),
        limit: most,
      },
      'desc',
      null,
    ),
  ]);
  const cut: HostMoment['cut'] = [...ran.cut];
  if (sessions.next !== null) cut.push('loggedIn');
  if (around.length === most) cut.push('around');
  return {
    ...{ host, time, ...watch, loggedIn: sessions.items },
    ...{ cronRuns: ran.cronRuns, processes: ran.processes, around: around.reverse(), cut },
  };
}

async function runningThen(
  pool: Pool,
  host: string,
  time: string,
): Promise<Pick<HostMoment, 'processes' | 'cronRuns' | 'cut'>> {
  const { processes, more } = await processesAt(pool, host, time, most);
  const [recent, long] = await Promise.all([
    readCronRuns(pool, { host, since: shifted(time, -beforeMs), until: time }, null, most),
    cronRunsOf(pool, host, processes),
  ]);
  const known = new Set(recent.runs.map(({ eventId }) => eventId));
  const runs = [...recent.runs, ...long.filter(({ eventId }) => !known.has(eventId))];
  const ends = await aroundCronRuns(pool, runs);
  const cronRuns = runs.map((run, index) => {
    const { job = null, end = null } = ends[index] ?? {};
    return { ...run, job, end, running: end && Date.parse(end.at) >= Date.parse(time) };
  });
  return {
    ...{ processes, cronRuns },
    cut: [
      ...(more ? (['processes'] as const) : []),
      ...(recent.read === most ? (['cronRuns'] as const) : []),
    ],
  };
}

/** Whether an agent was there, what it saw through, and what may be missing all the same. */
async function watchThen(
  pool: Pool,
  host: string,
  time: string,
): Promise<Pick<HostMoment, 'watched' | 'sources' | 'gaps'>> {
  const end = shifted(time, 1);
  const [[watch], holes, silence] = await Promise.all([
    watchesAt(pool, [{ host, at: time }]),
    holesIn(pool, host, { since: time, until: end }),
    gapsOfSilence(pool, host, time),
  ]);
  const since = watch?.watchedSince ?? null;
  const sources = watch?.sources ?? [];
  const early =
    since !== null && Date.parse(time) < Date.parse(since) - minuteMs
      ? [`no agent watched ${host} before ${since}: only what it remembered is known`]
      : [];
  const silent = watch?.lastSeenAt == null || heardUntilMs(watch) < Date.parse(time);
  const lost = holes.map(
    ({ sinceMs, untilMs }) =>
      `records of ${host} are missing from ${iso(sinceMs)} to ${iso(untilMs)}`,
  );
  const blind = sources
    .filter(({ state }) => state === 'missing' || state === 'degraded')
    .map(({ source, state, why }) => `${source} is ${state} on ${host}: ${why}`);
  return {
    watched: since !== null && early.length === 0 && !silent && holes.length === 0,
    ...{ sources, gaps: [...new Set([...early, ...lost, ...silence, ...blind])] },
  };
}

const heardUntilMs = ({ heartbeatAt, lastSeenAt }: Heard): number =>
  Math.max(Date.parse(heartbeatAt ?? ''), Date.parse(lastSeenAt ?? '')) + minuteMs;
interface Heard {
  heartbeatAt: string | null;
  lastSeenAt: string | null;
}

const iso = (ms: number): string => new Date(ms).toISOString();
const shifted = (time: string, ms: number): string => iso(Date.parse(time) + ms);
