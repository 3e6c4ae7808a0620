import { constants } from 'node:os';
import { until } from '../../../stack/until.ts';
import type { Lab } from '../../lab.ts';
import { untilGone, untilState } from '../../stage/processes.ts';
import { runToEnd, type Staged } from '../../stage/staged.ts';
import type { Variant } from '../../variant.ts';

const byKill = (signal: string, { pid }: Staged): Promise<number> =>
  runToEnd('/bin/kill', [`-${signal}`, String(pid)]);

async function stop(victim: Staged): Promise<void> {
  await byKill('STOP', victim);
  await untilState(victim.pid, 'T');
}

/** Sends SIGTERM once, and again at the next `go`. */
async function sendOnce(victim: Staged, lab: Lab): Promise<Staged> {
  const number = String(constants.signals.SIGTERM);
  const sender = await lab.senderUnder([], 'twice', String(victim.pid), number);
  sender.go();
  await until('the first is on its way', () => sender.output().includes('sent'));
  return sender;
}

const survived = (victim: Staged): Promise<unknown> =>
  until('it survived the first', () => victim.output().includes('survived'));

async function sendAgain(sender: Staged): Promise<void> {
  sender.go();
  await sender.gone;
}

/**
 * Two send SIGTERM to a process that survives the first. While one is pending the kernel drops the
 * next: who sent last did not always send the one that ended it.
 */
export const mergedVariants: readonly Variant[] = [
  {
    cause: 'signal-from-process',
    name: 'a SIGTERM that merged into that of another, and one more when it had survived that',
    async run(lab) {
      const victim = await lab.victim('survive-term');
      await stop(victim);
      await byKill('TERM', victim);
      const sender = await sendOnce(victim, lab);
      await byKill('CONT', victim);
      await survived(victim);
      await sendAgain(sender);
      await untilGone(victim.pid);
      return { pid: victim.pid, actor: sender.pid };
    },
  },
  {
    cause: 'signal-from-process',
    name: 'a SIGTERM that it survived, that of another, and one more that merged into it',
    async run(lab) {
      const victim = await lab.victim('survive-term');
      const sender = await sendOnce(victim, lab);
      await survived(victim);
      await stop(victim);
      const actor = await byKill('TERM', victim);
      await sendAgain(sender);
      await byKill('CONT', victim);
      await untilGone(victim.pid);
      return { pid: victim.pid, actor };
    },
  },
];
