import { setTimeout as sleep } from 'node:timers/promises';

/** A real process that faults happen to. */
export interface Target {
  name: string;
  pid(): number;
  kill(): Promise<unknown>;
  /** Resolves when it is there again. */
  start(): unknown;
  /** What may befall it besides kill -9 and SIGSTOP. */
  ills?: readonly Ill[];
}

/** Begins, lasts for a while, and ends. */
export interface Ill {
  kind: string;
  begin(): unknown;
  end(): unknown;
}

/** What happened to whom, as it is printed. */
export interface Fault {
  target: string;
  kind: string;
  /** How long it was away. */
  ms: number;
}

const longestPauseMs = 1_500;
const longestAwayMs = 1_000;
const longestStopMs = 4_000;

/** One fault, chosen by `random` (0 to 1) alone: the same seed gives the same faults at the same distances. */
export async function cause(targets: readonly Target[], random: () => number): Promise<Fault> {
  await sleep(random() * longestPauseMs);
  const target = targets[Math.floor(random() * targets.length)];
  if (!target) throw new Error('nobody to harm');
  const ills = [killed(target), stopped(target), ...(target.ills ?? [])];
  const ill = ills[Math.floor(random() * ills.length)] ?? killed(target);
  const ms = Math.round(random() * (ill.kind === 'SIGSTOP' ? longestStopMs : longestAwayMs));
  await ill.begin();
  await sleep(ms);
  await ill.end();
  return { target: target.name, kind: ill.kind, ms };
}

const killed = (target: Target): Ill => ({
  kind: 'kill -9',
  begin: () => target.kill(),
  end: () => target.start(),
});

function stopped(target: Target): Ill {
  const pid = target.pid();
  return {
    kind: 'SIGSTOP',
    begin: () => process.kill(pid, 'SIGSTOP'),
    end: () => process.kill(pid, 'SIGCONT'),
  };
}
