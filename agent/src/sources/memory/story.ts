import type { EventOf } from '@coroner/schema/event/event';
import type { Named } from './neighbours.ts';
import type { Sample } from './sample.ts';

/** Somebody whom the system killed for want of memory; null where its record does not say. */
export interface Victim {
  readonly pid: number | null;
  readonly comm: string | null;
}

type Series = Pick<
  EventOf<'memory-story'>,
  | 'times'
  | 'totalKb'
  | 'availableKb'
  | 'swapTotalKb'
  | 'swapFreeKb'
  | 'pressureSome'
  | 'pressureFull'
  | 'processes'
  | 'cgroups'
>;

const mostProcesses = 8;
const mostCgroups = 6;
/** Older ones are thinned, those of the end are not. */
const mostSamples = 120;
const samplesOfEnd = 40;

/** Samples as series for drawing: the host, who held most, and the victims. */
export function series(
  all: readonly Sample[],
  nameOf: (pid: number) => Named | null,
  victims: readonly Victim[],
): Series {
  const samples = thinned(all);
  const last = samples.at(-1);
  return {
    times: samples.map(({ atMs }) => new Date(atMs).toISOString()),
    totalKb: last?.totalKb ?? 0,
    availableKb: samples.map((sample) => sample.availableKb),
    swapTotalKb: last?.swapTotalKb ?? 0,
    swapFreeKb: samples.map((sample) => sample.swapFreeKb),
    pressureSome: samples.map((sample) => sample.pressureSome),
    pressureFull: samples.map((sample) => sample.pressureFull),
    processes: processes(samples, nameOf, victims),
    cgroups: cgroups(samples),
  };
}

function thinned(samples: readonly Sample[]): readonly Sample[] {
  if (samples.length <= mostSamples) return samples;
  const early = samples.slice(0, -samplesOfEnd);
  const every = Math.ceil(early.length / (mostSamples - samplesOfEnd));
  return [...early.filter((_, index) => index % every === 0), ...samples.slice(-samplesOfEnd)];
}

function processes(
  samples: readonly Sample[],
  nameOf: (pid: number) => Named | null,
  victims: readonly Victim[],
): Series['processes'] {
  const byPid = new Map<number, (number | null)[]>();
  samples.forEach(({ residents }, index) => {
    residents?.pids.forEach((pid, place) => {
      const row = byPid.get(pid) ?? new Array<number | null>(samples.length).fill(null);
      row[index] = residents.rssKb[place] ?? null;
      byPid.set(pid, row);
    });
  });
  const commOf = (pid: number): string | null =>
    victims.find((victim) => victim.pid === pid)?.comm ?? nameOf(pid)?.comm ?? null;
  const isVictim = (pid: number): boolean => victims.some((victim) => victim.pid === pid);
  return [...byPid]
    .map(([pid, rssKb]) => ({ pid, comm: commOf(pid), cgroup: nameOf(pid)?.cgroup, rssKb }))
    .filter((row): row is typeof row & { comm: string } => row.comm !== null)
    .sort(
      (a, b) => Number(isVictim(b.pid)) - Number(isVictim(a.pid)) || peak(b.rssKb) - peak(a.rssKb),
    )
    .slice(0, mostProcesses);
}

/** Those with a limit first, the nearest to it before others; then by what they used. */
function cgroups(samples: readonly Sample[]): Series['cgroups'] {
  const byPath = new Map<string, Series['cgroups'][number]>();
  samples.forEach((sample, index) => {
    for (const { path, limitKb, usageKb, pressureSome } of sample.cgroups ?? []) {
      const row = byPath.get(path) ?? {
        path,
        limitKb,
        usageKb: new Array<number | null>(samples.length).fill(null),
        pressureSome: new Array<number | null>(samples.length).fill(null),
      };
      row.limitKb = limitKb;
      row.usageKb[index] = usageKb;
      if (row.pressureSome) row.pressureSome[index] = pressureSome;
      byPath.set(path, row);
    }
  });
  const nearness = ({ limitKb, usageKb }: Series['cgroups'][number]): number =>
    limitKb === null ? 0 : peak(usageKb) / Math.max(1, limitKb);
  return [...byPath.values()]
    .sort((a, b) => nearness(b) - nearness(a) || peak(b.usageKb) - peak(a.usageKb))
    .slice(0, mostCgroups)
    .map(({ pressureSome, ...row }) =>
      pressureSome?.some((percent) => percent !== null) ? { ...row, pressureSome } : row,
    );
}

const peak = (values: readonly (number | null)[]): number =>
  values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
