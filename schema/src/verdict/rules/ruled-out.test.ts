import { expect, it } from 'vitest';
import type { DeathEvent } from '../../event/death.ts';
import type { Event } from '../../event/event.ts';
import { judge } from '../judge.ts';
import { aCase, aDeath, aSignal, before, exited, kernelSignal, killedBy } from '../testing/case.ts';
import { inUnit, saidOfUnit, stoppedUnit } from '../testing/managers.ts';

const journal = { source: 'journal', state: 'available' as const };
const unitKilled = inUnit('nginx.service', killedBy(aSignal()));
const lost = inUnit('nginx.service', { ...aDeath({ signals: [] }), source: 'journal' });
const gap: Event = {
  ...{ kind: 'gap', id: 'gap-of-journal', source: 'journal', ...before(0), of: 'journal' },
  ...{ since: null, until: before(0).at, lost: null, reason: 'rotated away' },
};
const sent = (signal: string) => killedBy(aSignal({ signal }));

it.each<[string, DeathEvent, Event[], string, RegExp | null]>([
  ['SIGHUP of a process', sent('SIGHUP'), [], 'hangup', /sent by a process, not by a terminal/],
  ['SIGINT of a process', sent('SIGINT'), [], 'terminal-interrupt', /not by a key/],
  ['SIGALRM of a process', sent('SIGALRM'), [], 'timer', /not by a timer/],
  ['SIGPIPE of a process', sent('SIGPIPE'), [], 'broken-pipe', /not by a pipe/],
  ['SIGXCPU of a process', sent('SIGXCPU'), [], 'resource-limit', /not by a limit/],
  ['SIGABRT of a process', sent('SIGABRT'), [], 'abort', /not by itself/],
  ['SIGTERM of a process', sent('SIGTERM'), [], 'hangup', null],
  ['an exit', exited(0), [], 'signal-from-process', /no signal that it could have ended for/],
  [
    'an exit long after a signal',
    exited(0, aSignal({ signal: 'SIGTERM', ...before(600_000) })),
    [],
    'signal-from-process',
    /the SIGTERM that it caught 10 min before is not taken/,
  ],
  [
    'an exit after Ctrl-C at a prompt',
    exited(0, kernelSignal({ signal: 'SIGINT', ...before(600_000) })),
    [],
    'signal-from-process',
    null,
  ],
  ['an exit beside losses', { ...exited(0), signalsLost: 1 }, [], 'signal-from-process', null],
  [
    'a kill in a unit',
    unitKilled,
    [],
    'service-stopped',
    /not from systemd; systemd's log has no stop of nginx/,
  ],
  [
    'the same while the journal has a gap',
    unitKilled,
    [gap],
    'service-stopped',
    /not from systemd$/,
  ],
  [
    'the same while it was stopped',
    unitKilled,
    [saidOfUnit({}, 50)],
    'service-stopped',
    /not from systemd$/,
  ],
  ['a kill that only a log tells', lost, [], 'service-stopped', /^systemd's log has no stop/],
  ['the same with a gap', lost, [gap], 'service-stopped', null],
  ['a stop of a unit', stoppedUnit, [], 'host-shutdown', /no shutdown of the host is on record/],
  ['a stop of a unit with a gap', stoppedUnit, [gap], 'host-shutdown', null],
  [
    "a kill by the kernel's OOM killer",
    { ...killedBy(kernelSignal({})), oomMarked: true },
    [],
    'signal-from-process',
    null,
  ],
])('%s', (_, death, evidence, cause, because) => {
  const { ruledOut } = judge({ ...aCase(death, ...evidence), sources: [journal] }).answer.verdict;
  expect(ruledOut.find((one) => one.cause === cause)?.because ?? null).toEqual(
    because && expect.stringMatching(because),
  );
});
