import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { untilGone, untilState } from '../../stage/processes.ts';
import { runToEnd } from '../../stage/staged.ts';
import type { Variant } from '../../variant.ts';
import { sent, victimThat } from './sent.ts';

const { SIGKILL, SIGTERM } = constants.signals;
const secondTryMs = 2_000;

const killed = (number: number, how: string): Variant =>
  sent(
    `signal ${number}, victim ${how}`,
    (pid) => ['/bin/kill', `-${number}`, String(pid)],
    victimThat(how),
  );

/** What the victim makes of a signal does not change who sent it. */
export const sentToVictims: readonly Variant[] = [
  killed(SIGTERM, 'catch-term'),
  killed(SIGTERM, 'catch-term-143'),
  killed(SIGTERM, 're-raise-term'),
  killed(SIGTERM, 'block-term'),
  killed(SIGTERM, 'take-term'),
  killed(constants.signals.SIGINT, 're-raise-int'),
  killed(SIGKILL, 'zombie-leader'),
  killed(SIGTERM, 'zombie-leader'),
  killed(SIGKILL, 'exec-in-thread'),
  {
    cause: 'signal-from-process',
    name: 'SIGKILL to one that is stopped',
    async run(lab) {
      const victim = await lab.victim('sleep');
      await runToEnd('/bin/kill', ['-STOP', String(victim.pid)]);
      await untilState(victim.pid, 'T');
      const actor = await runToEnd('/bin/kill', ['-KILL', String(victim.pid)]);
      await victim.gone;
      return { pid: victim.pid, actor };
    },
  },
  {
    cause: 'signal-from-process',
    name: 'SIGTERM to one that is stopped, SIGCONT of another',
    async run(lab) {
      const victim = await lab.victim('sleep');
      await runToEnd('/bin/kill', ['-STOP', String(victim.pid)]);
      await untilState(victim.pid, 'T');
      const actor = await runToEnd('/bin/kill', ['-TERM', String(victim.pid)]);
      await runToEnd('/bin/kill', ['-CONT', String(victim.pid)]);
      await untilGone(victim.pid);
      return { pid: victim.pid, actor };
    },
  },
  {
    cause: 'signal-from-process',
    name: 'an ignored SIGTERM of one, the SIGKILL of another',
    async run(lab) {
      const victim = await lab.victim('ignore-term');
      await runToEnd('/bin/kill', ['-TERM', String(victim.pid)]);
      await sleep(secondTryMs);
      const actor = await runToEnd('/bin/kill', ['-KILL', String(victim.pid)]);
      await victim.gone;
      return { pid: victim.pid, actor };
    },
  },
];
