import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Batch } from '@coroner/schema/wire/batch';
import { until } from '../stack/until.ts';
import { type Victims, victims } from '../victims/victims.ts';
import { type Agent, startAgent } from './agent.ts';
import { type Nats, startNats } from './nats.ts';
import { openScope, type Scope } from './scope.ts';

const loops = 2;
const killsARound = 2_000;
const tellWithinMs = 120_000;

/** What a storm did, and what Coroner made of it. */
export interface Account {
  /** By the word of the parents, which waited for each child. */
  caused: number;
  recorded: number;
  /** Of those: without their sender. */
  withoutSender: number;
  /** Records that overflowed the ring. */
  lost: number;
  /** Further processes of the storm: those that killed, and those whose death is told last. */
  others: number;
  peakRssMb: number;
  /** Of one core, while the storm lasted. */
  agentCpuPercent: number;
}

/**
 * Two loops of fork, kill -9 and wait, flat out, in a pid namespace that the agent watches alone; in
 * the middle it is killed, and started again.
 */
export async function runStorm(seconds: number): Promise<Account> {
  const stateDir = mkdtempSync(join(tmpdir(), 'coroner-storm-'));
  const lab = victims();
  const nats = await startNats();
  const host = lab.name('host');
  const scope = await openScope();
  const environment = {
    CORONER_STATE_DIR: stateDir,
    CORONER_HOST: host,
    NATS_URL: nats.url,
    CORONER_SCOPE_PID_NAMESPACE: `${scope.inode}`,
  };
  const agent = await startAgent(environment);
  try {
    return await measure({ lab, nats, agent, scope, host, seconds });
  } finally {
    await agent.stop();
    await nats.stop();
    await scope.end();
    await lab.clean();
    rmSync(stateDir, { recursive: true, force: true });
  }
}

interface Stage {
  lab: Victims;
  nats: Nats;
  agent: Agent;
  scope: Scope;
  host: string;
  seconds: number;
}

async function measure({ lab, nats, agent, scope, host, seconds }: Stage): Promise<Account> {
  const [name, marker] = [lab.name('sto'), lab.name('end')];
  const told = tally(name, marker);
  const end = performance.now() + seconds * 1000;
  const path = lab.program(name);
  let others = 0;
  const storm = async (program: string, kills: number): Promise<number> => {
    others += 1;
    const [command, ...into] = scope.into;
    const run = lab.run(command, [...into, program, 'storm', `${kills}`]);
    await run.end;
    return Number(run.output());
  };
  const storms = Array.from({ length: loops }, () =>
    killUntil(() => storm(path, killsARound), end),
  );
  await sleep((seconds * 1000) / 2);
  await agent.crash();
  const caused = (await Promise.all(storms)).reduce((sum, count) => sum + count, 0);
  const agentCpuPercent = agent.cpuMs() / (10 * seconds);
  // Not before: to read would take processor time from those that are measured.
  await nats.read(host, told.take);
  const last = lab.program(marker);
  await untilTold(() => storm(last, 1), told.isMarked);
  // The agent's last words are its last losses.
  await agent.stop();
  await nats.caughtUp();
  // Of each marker one more was killed.
  const sums = { ...told.sums(), others: 2 * others };
  return { caused, ...sums, peakRssMb: agent.peakRssMb(), agentCpuPercent };
}

async function killUntil(round: () => Promise<number>, end: number): Promise<number> {
  let killed = 0;
  while (performance.now() < end) killed += await round();
  return killed;
}

/** Deaths are told in their order, so one after the storm is told after all of it. It may be lost itself. */
async function untilTold(kill: () => Promise<number>, isMarked: () => boolean): Promise<void> {
  const everyMs = 1_000;
  let lastMs = 0;
  const look = async (): Promise<boolean> => {
    if (performance.now() - lastMs > everyMs) {
      lastMs = performance.now();
      await kill();
    }
    return isMarked();
  };
  await until('a death after the storm is told', look, tellWithinMs);
}

function tally(name: string, marker: string) {
  const ids = new Set<string>();
  const gaps = new Map<string, number>();
  let withoutSender = 0;
  let marked = false;
  return {
    isMarked: () => marked,
    take: (event: Batch['events'][number]): void => {
      if (event.kind === 'gap' && event.of === 'probe') gaps.set(event.id, event.lost ?? 0);
      if (event.kind !== 'death' || event.exit.signal !== 'SIGKILL') return;
      if (event.victim.comm === marker) marked = true;
      if (event.victim.comm !== name || ids.has(event.id)) return;
      ids.add(event.id);
      if (event.signals[0]?.current?.comm !== name) withoutSender++;
    },
    sums: () => ({
      recorded: ids.size,
      withoutSender,
      lost: [...gaps.values()].reduce((sum, lost) => sum + lost, 0),
    }),
  };
}
