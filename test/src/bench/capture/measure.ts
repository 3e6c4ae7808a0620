import { victims } from '../../victims/victims.ts';
import { type Missing, startOr } from '../collectors/all.ts';
import { type Collector, collectorCpu, type Recorded } from '../collectors/collector.ts';
import { type Memory, memoryOf } from '../cost.ts';
import { type Outcome, outcomeOf, type Workload, workloads } from './workload.ts';

/**
 * Takes what nobody else wants of the second processor, with and without collectors: on a virtual
 * machine fork and exit are half as fast while it sleeps, and every collector would seem to help.
 */
const neverSleeps = ['chrt', '--idle', '0', 'sh', '-c', 'while :; do :; done'];

/** One workload beside one collector, once. */
export interface Measured extends Outcome {
  /** With its sender. */
  recorded: number;
  /** Recorded, or at least counted. */
  accounted: number;
  /** Of the same workload in the same round without anybody: how much faster it was. */
  slowDown: number;
}

export interface Round {
  of: Record<Workload['name'], Measured>;
  memory: Memory;
}

/** All rounds of all collectors that run here; what disturbs the machine disturbs them alike. */
export async function measureRounds(
  collectors: readonly Collector[],
  rounds: number,
  ms: number,
  missing: Missing,
  say: (what: string) => void,
): Promise<Map<string, Round[]>> {
  const measured = new Map<string, Round[]>();
  const lab = victims();
  const awake = lab.run('taskset', ['-c', collectorCpu, ...neverSleeps]);
  try {
    for (let round = 1; round <= rounds; round++) {
      say(`round ${round} of ${rounds}: nobody records`);
      const alone = new Map<Workload['name'], Outcome>();
      for (const workload of workloads)
        alone.set(workload.name, await outcomeOf(workload, ms, lab, null));
      for (const collector of collectors) {
        if (missing.has(collector.name)) continue;
        say(`round ${round} of ${rounds}: ${collector.name}`);
        const result = await measureOne(collector, alone, ms, missing);
        if (result) measured.set(collector.name, [...(measured.get(collector.name) ?? []), result]);
      }
    }
    if (awake.child.exitCode !== null) throw new Error('chrt of util-linux did not run');
    return measured;
  } finally {
    await lab.clean();
  }
}

async function measureOne(
  collector: Collector,
  alone: ReadonlyMap<Workload['name'], Outcome>,
  ms: number,
  missing: Missing,
): Promise<Round | null> {
  const running = await startOr(missing, collector);
  if (!running) return null;
  const lab = victims();
  const outcomes: [Workload['name'], Outcome][] = [];
  let memory: Memory;
  let found: Recorded;
  try {
    for (const workload of workloads)
      outcomes.push([workload.name, await outcomeOf(workload, ms, lab, running)]);
    memory = memoryOf(running.pids);
  } finally {
    found = await running.stop(outcomes.map(([, { sent }]) => sent));
    await lab.clean();
  }
  const of = outcomes.map(([name, outcome], index) => {
    const reference = alone.get(name) as Outcome;
    const slowDown = perMs(reference) / perMs(outcome);
    const recorded = found.named[index] ?? 0;
    const accounted = Math.min(outcome.sent.count, recorded + found.unnamed);
    return [name, { ...outcome, recorded, accounted, slowDown }] as const;
  });
  return { of: Object.fromEntries(of) as Round['of'], memory };
}

const perMs = ({ sent, ms }: Outcome): number => sent.count / ms;
