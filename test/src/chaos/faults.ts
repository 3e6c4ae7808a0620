import { setTimeout as sleep } from 'node:timers/promises';

/** A real process that faults happen to. */
export interface Target {
  name: string;
  pid(): number;
  kill(): Promise<unknown>;
  /** Resolves when it is there again. */
  start(): unknown;
}

/** What happened to whom, as it is printed. */
export interface Fault {
  target: string;
  kind: 'kill -9' | 'SIGSTOP';
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
  const isKill = random() < 0.6;
  const ms = Math.round(random() * (isKill ? longestAwayMs : longestStopMs));
  if (isKill) {
    await target.kill();
    await sleep(ms);
    await target.start();
  } else {
    const pid = target.pid();
    process.kill(pid, 'SIGSTOP');
    await sleep(ms);
    process.kill(pid, 'SIGCONT');
  }
  return { target: target.name, kind: isKill ? 'kill -9' : 'SIGSTOP', ms };
}
