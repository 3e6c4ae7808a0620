import type { Source } from '../../event/base.ts';
import type { EventOf } from '../../event/event.ts';
import type { Facts } from './facts.ts';
import { near } from './nearby.ts';

/** Sources whose lines of the kernel are the kernel's own: nobody else can write them there. */
const ofTheKernel: ReadonlySet<Source> = new Set<Source>(['kmsg', 'journal', 'pstore']);

/** No signal was recorded: what logs say is all that there is. */
export const isUnrecorded = ({ decisive, death }: Facts): boolean =>
  decisive === null && death.signals.length === 0 && death.exit.code === null;

export const isKernelsWord = (event: { source: Source }): boolean => ofTheKernel.has(event.source);

const unitWithinMs = 120_000;

/** What systemd says about the victim's unit around its death, nearest first. */
export function unitEvents({ evidence, death, victim }: Facts): EventOf<'unit'>[] {
  if (!victim.unit) return [];
  return near(evidence, 'unit', death, unitWithinMs).filter((event) => event.unit === victim.unit);
}
