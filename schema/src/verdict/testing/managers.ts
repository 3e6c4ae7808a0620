import type { DeathEvent } from '../../event/death.ts';
import type { EventOf } from '../../event/event.ts';
import type { Process } from '../../process.ts';
import { aProcess, aSignal, before, killedBy } from './case.ts';

export const systemd = aProcess({ pid: 1, comm: 'systemd', exe: '/usr/lib/systemd/systemd' });
export const userManager = aProcess({
  ...{ pid: 800, comm: 'systemd', exe: '/usr/lib/systemd/systemd', uid: 1000, user: 'alice' },
  ancestry: [{ pid: 1, comm: 'systemd' }],
});

/** mallory's, by whatever name. */
export const impostor = (comm: string, facts: Partial<Process> = {}): Process =>
  aProcess({
    ...{ pid: 1066, comm, exe: `/home/mallory/${comm}`, uid: 1066, user: 'mallory' },
    cmdline: [`/home/mallory/${comm}`, '-9', '4121'],
    ancestry: [{ pid: 900, comm: 'bash' }],
    ...facts,
  });

export const inUnit = (unit: string, death: DeathEvent): DeathEvent => ({
  ...death,
  victim: { ...death.victim, unit },
});

/** nginx.service, stopped by systemd as it should be. */
export const stoppedUnit = inUnit(
  'nginx.service',
  killedBy(aSignal({ signal: 'SIGTERM', current: systemd })),
);

/** What systemd says of nginx.service, so long before the death. */
export const saidOfUnit = (facts: Partial<EventOf<'unit'>>, ms: number): EventOf<'unit'> => ({
  ...{ kind: 'unit', id: `unit-event-${ms}`, source: 'journal', at: before(ms).at },
  ...{ unit: 'nginx.service', state: 'stopping' },
  ...facts,
});
