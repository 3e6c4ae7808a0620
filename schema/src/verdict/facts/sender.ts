import type { FatalSignal } from '../../event/death.ts';
import type { Process } from '../../process.ts';

/**
 * SI_TIMER and SI_ASYNCIO come out of interrupts, in whatever task they interrupted; SI_MESGQ, for
 * which the victim asked with mq_notify(3), is made while somebody sends a message.
 */
const notificationCodes: ReadonlySet<number> = new Set([-2, -3, -4]);

/**
 * Whether the kernel says that the task which ran is the one that sent the signal: a real siginfo
 * with a code ≤ 0 that is no notification. For everything else that task may be a bystander.
 */
export function namesSender(signal: FatalSignal): boolean {
  return (
    signal.info === 'user' &&
    signal.code !== null &&
    signal.code <= 0 &&
    !notificationCodes.has(signal.code)
  );
}

/** The process that sent the signal; null when it was the victim itself or the kernel names nobody. */
export function senderOf(signal: FatalSignal): Process | null {
  return namesSender(signal) && !signal.currentIsVictim ? signal.current : null;
}

/** The victim sent the signal to itself: kill(getpid()), raise, abort, or a siginfo that looks like a fault. */
export function isFromSelf(signal: FatalSignal): boolean {
  return signal.currentIsVictim && (namesSender(signal) || isForged(signal));
}

/**
 * The kernel raised it for what the victim was doing: a positive code of a fault, SI_KERNEL included.
 * It hits the thread that did it, force_sig_info_to_task().
 */
export function isFault(signal: FatalSignal): boolean {
  return signal.currentIsVictim && hasFaultCode(signal) && !signal.group;
}

/** rt_sigqueueinfo(2) takes such a code from the process itself only, and sends to the group. */
const isForged = (signal: FatalSignal): boolean => hasFaultCode(signal) && signal.group;

const hasFaultCode = ({ info, code }: FatalSignal): boolean =>
  info === 'user' && code !== null && code > 0;

/** The kernel had a sender, and its record did not reach the agent. */
export function isSenderLost(signal: FatalSignal): boolean {
  return namesSender(signal) && !signal.currentIsVictim && signal.current === null;
}
