import { memory } from '@coroner/schema/verdict/words/memory';
import type picocolors from 'picocolors';
import { column, fitLine } from '../terminal/columns.ts';
import { escaped } from '../terminal/escape.ts';
import type { HostMemory } from './memory.ts';
import type { Ranked, Ranking } from './rank.ts';
import type { CgroupRisk, RiskReport } from './report.ts';

type Colors = ReturnType<typeof picocolors.createColors>;

export interface TableOptions {
  /** Processes a list. */
  readonly top: number;
  /** Of the terminal; null where there is none. */
  readonly columns: number | null;
  readonly colors: Colors;
}

const widths = { rank: 4, pid: 8, size: 10, adj: 6, score: 6 } as const;
const nearlyFull = 0.9;
const filling = 0.75;
const percentOf = (share: number): string => `${Math.round(share * 100)} %`;
const overcommitModes = ['heuristic', 'always granted', 'never beyond the commit limit'];

/** The report for people. */
export function riskTable(report: RiskReport, options: TableOptions): string[] {
  const { colors } = options;
  const fit = (line: string) => fitLine(line, options.columns);
  return [
    colors.bold('This host'),
    ...hostLines(report.memory).map((line) => `  ${fit(line)}`),
    ...warnings(report.memory).map((line) => `  ${colors.red(fit(line))}`),
    ...rankingLines(report.host, options),
    ...report.cgroups.flatMap((cgroup) => ['', ...cgroupLines(cgroup, options)]),
    ...(report.cgroups.length === 0 ? ['', 'No memory cgroup has a limit.'] : []),
  ];
}

function hostLines(host: HostMemory): string[] {
  const { pressure } = host;
  return [
    `memory ${memory(host.totalKb)}, available ${memory(host.availableKb)}; swap ${memory(host.swapTotalKb)}, free ${memory(host.swapFreeKb)}`,
    `overcommit: ${overcommitModes[host.overcommitMemory ?? -1] ?? 'not known'}; committed ${memory(host.committedKb)}, limit ${memory(host.commitLimitKb)}`,
    pressure
      ? `pressure: tasks waited for memory ${pressure.some.avg10} % of the last 10 s, all of them ${pressure.full.avg10} %`
      : 'pressure: this kernel does not tell (CONFIG_PSI)',
    ...(host.oomKills === null ? [] : [`OOM kills since boot: ${host.oomKills}`]),
  ];
}

function warnings(host: HostMemory): string[] {
  return [
    ...(host.panicOnOom ? ['panic_on_oom is set: the kernel panics and kills nobody'] : []),
    ...(host.killAllocatingTask
      ? ['oom_kill_allocating_task is set: whoever asks for memory is killed, not the first below']
      : []),
    ...(host.overcommitMemory === 2
      ? ['overcommit_memory is 2: allocations fail before the kernel has to kill']
      : []),
  ];
}

function cgroupLines(cgroup: CgroupRisk, options: TableOptions): string[] {
  const { colors } = options;
  const paint =
    cgroup.nearness >= nearlyFull
      ? colors.red
      : cgroup.nearness >= filling
        ? colors.yellow
        : colors.green;
  const facts = [
    `limit ${memory(cgroup.limitKb)}`,
    `in use ${memory(cgroup.usageKb)}`,
    `without idle file pages ${memory(cgroup.workingSetKb)} (${percentOf(cgroup.nearness)})`,
    ...(cgroup.oomKills ? [`OOM kills ${cgroup.oomKills}`] : []),
    ...(cgroup.killsTogether ? ['all are killed together (memory.oom.group)'] : []),
    ...(cgroup.killDisabled ? ['nobody is killed: they wait (oom_kill_disable)'] : []),
  ];
  return [
    `${colors.bold('Cgroup')} ${colors.bold(escaped(cgroup.path))}`,
    `  ${paint(fitLine(facts.join('; '), options.columns))}`,
    ...rankingLines(cgroup.ranking, options),
  ];
}

function rankingLines(
  { ranked, unkillable }: Ranking,
  { top, columns, colors }: TableOptions,
): string[] {
  const never = unkillable.filter(({ candidate }) => !candidate.isKernelThread);
  const protectedOnes = never.map(
    ({ candidate, because }) => `${escaped(candidate.comm)} (${candidate.pid}: ${because})`,
  );
  return [
    `  ${colors.bold(heading)}`,
    ...ranked.slice(0, top).map((process, index) => {
      const line = fitLine(`  ${row(process, index + 1)}`, columns);
      return index === 0 ? colors.red(line) : line;
    }),
    ...(ranked.length > top ? [`  … and ${ranked.length - top} more`] : []),
    ...(ranked.length === 0 ? ['  no process'] : []),
    ...(never.length > 0 ? [fitLine(`  never killed: ${protectedOnes.join(', ')}`, columns)] : []),
  ];
}

const heading = [
  column('NEXT', widths.rank),
  column('PID', widths.pid),
  column('BADNESS', widths.size),
  column('RESIDENT', widths.size),
  column('SWAP', widths.size),
  column('ADJ', widths.adj),
  column('SCORE', widths.score),
  'NAME',
].join(' ');

function row(process: Ranked, position: number): string {
  const { pid, badnessKb, rssKb, swapKb, oomScoreAdj, oomScore, comm } = process;
  return [
    column(String(position), widths.rank),
    column(String(pid), widths.pid),
    column(badnessKb < 0 ? `-${memory(-badnessKb)}` : memory(badnessKb), widths.size),
    column(memory(rssKb), widths.size),
    column(memory(swapKb), widths.size),
    column(String(oomScoreAdj), widths.adj),
    column(oomScore === null ? '?' : String(oomScore), widths.score),
    escaped(comm),
  ].join(' ');
}
