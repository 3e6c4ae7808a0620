import type { FatalSignal } from '../../event/death.ts';
import type { Process } from '../../process.ts';

/** SI_USER and SI_TKILL: the kernel sets them in kill(2) and tgkill(2), and lets nobody forge them. */
const callCodes: ReadonlySet<number | null> = new Set([0, -6]);
const siQueue = -1;

/**
 * Whether the kernel says that the task which ran is the one that sent the signal. Any other negative
 * code may be a notification, which a timer, input (F_SETSIG) or a message (mq_notify(3)) made in
 * whatever task ran; or forged by rt_sigqueueinfo(2): the probe looks whether the task is in that call.
 */
export function namesSender({ info, code, queued, currentTraces }: FatalSignal): boolean {
  if (currentTraces) return true;
  if (info !== 'user') return false;
  return callCodes.has(code) || (queued ?? code === siQueue);
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
  return signal.currentIsVictim && hasFaultCode(signal) && !signal.group && !signal.queued;
}

/** rt_sigqueueinfo(2) takes such a code from the process itself only, and sends to the group. */
const isForged = (signal: FatalSignal): boolean => hasFaultCode(signal) && signal.group;

const hasFaultCode = ({ info, code }: FatalSignal): boolean =>
  info === 'user' && code !== null && code > 0;

/** The kernel had a sender, and its record did not reach the agent. */
export function isSenderLost(signal: FatalSignal): boolean {
  return namesSender(signal) && !signal.currentIsVictim && signal.current === null;
}
