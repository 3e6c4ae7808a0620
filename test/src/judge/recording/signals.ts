import type { FatalSignal } from '@coroner/schema/event/death';
import type { Process } from '@coroner/schema/process';

/** A signal as a scenario writes it down: `atMs` of true time since its beginning. */
export type MadeSignal = Omit<FatalSignal, 'at' | 'bootUs'> & { atMs: number };

const plain = {
  group: true,
  result: 'delivered' as const,
  count: 1,
  currentIsVictim: false,
  currentExiting: false,
  currentKernelThread: false,
};

/** kill(2), pkill, `docker stop`: the kernel names the sender. */
export const sentBy = (
  sender: Process,
  signal: string,
  atMs: number,
  facts: Partial<FatalSignal> = {},
): MadeSignal => ({ ...plain, signal, info: 'user', code: 0, current: sender, atMs, ...facts });

/** SEND_SIG_PRIV: the kernel made it, whoever ran. */
export const kernelMade = (
  signal: string,
  atMs: number,
  current: Process | null,
  facts: Partial<FatalSignal> = {},
): MadeSignal => ({
  ...plain,
  signal,
  info: 'kernel',
  code: null,
  current,
  currentIsVictim: current === null,
  atMs,
  ...facts,
});

/** SEND_SIG_NOINFO: cgroup.kill, a parent-death signal, SIGPIPE. */
export const withoutInfo = (
  signal: string,
  atMs: number,
  current: Process | null,
  facts: Partial<FatalSignal> = {},
): MadeSignal => ({ ...kernelMade(signal, atMs, current), info: 'none', ...facts });

/** A fault of its own, or a signal that it sent to itself (code ≤ 0). */
export const own = (
  signal: string,
  atMs: number,
  code: number,
  facts: Partial<FatalSignal> = {},
): MadeSignal => ({
  ...plain,
  signal,
  info: 'user',
  code,
  group: false,
  current: null,
  currentIsVictim: true,
  atMs,
  ...facts,
});
