import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Batch } from '@coroner/schema/wire/batch';
import { victims } from '../victims/victims.ts';
import { startAgent } from './agent.ts';
import { startNats } from './nats.ts';

const flatSignals = 500_000;
const distinctTargets = 200;
const rounds = 5;

/** Nanoseconds of processor time that a signal cost its sender: the least of several rounds. */
export interface SignalCost {
  nsWithout: number;
  nsWith: number;
}

/** What signals cost that are sent as fast as a process can, and whether all of them were counted. */
export interface BarrageAccount {
  /** Equal ones to one target that ignores them. */
  flat: SignalCost;
  /** To 200 targets, 22 signals each, so that none is like the one before it. */
  distinct: SignalCost;
  sent: number;
  /** Not more than were sent: others on this host may have sent some too. */
  counted: number;
  /** Of the equal ones, those that were told with their sender and target. */
  flatSent: number;
  flatNamed: number;
}

/** Rounds without and with the agent take turns, for other work on the machine comes and goes. */
export async function runBarrage(): Promise<BarrageAccount> {
  const stateDir = mkdtempSync(join(tmpdir(), 'coroner-barrage-'));
  const lab = victims();
  const nats = await startNats();
  const host = lab.name('host');
  const path = lab.program(lab.name('bar'));
  const environment = {
    CORONER_STATE_DIR: stateDir,
    CORONER_HOST: host,
    CORONER_BACKFILL_DAYS: '0',
    NATS_URL: nats.url,
  };
  const flat = new Set<number>();
  const costs = { flat: [[], []], distinct: [[], []] } as Record<string, [number[], number[]]>;
  const counted = { flat: 0, all: 0 };
  try {
    for (let round = 0; round < rounds; round++) {
      await fire('flat', 1, 0);
      await fire('distinct', distinctTargets, 0);
      // An agent each: so many different ones displace the counts of others by sender and target.
      const first = await startAgent(environment);
      flat.add(await fire('flat', 1, 1));
      await first.stop();
      const second = await startAgent(environment);
      await fire('distinct', distinctTargets, 1);
      await second.stop();
    }
    await nats.read(host, take);
    await nats.caughtUp();
  } finally {
    await nats.stop();
    await lab.clean();
    rmSync(stateDir, { recursive: true, force: true });
  }
  const flatSent = rounds * flatSignals;
  const sent = 2 * flatSent;
  return {
    flat: least('flat'),
    distinct: least('distinct'),
    sent,
    counted: Math.min(sent, counted.all),
    flatSent,
    flatNamed: counted.flat,
  };

  async function fire(kind: string, targets: number, withAgent: 0 | 1): Promise<number> {
    const sender = lab.run(path, ['barrage', String(flatSignals), String(targets)]);
    await sender.end;
    costs[kind]?.[withAgent].push(Number(sender.output()));
    return sender.pid;
  }

  function least(kind: string): SignalCost {
    const [without, withAgent] = costs[kind] ?? [[], []];
    return { nsWithout: Math.min(...without), nsWith: Math.min(...withAgent) };
  }

  function take(event: Batch['events'][number]): void {
    if (event.kind !== 'counts') return;
    counted.all += event.nearMisses;
    for (const { sender, count } of event.nearMissesBy ?? [])
      if (sender && flat.has(sender.pid)) counted.flat += count;
  }
}
