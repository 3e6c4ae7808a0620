import { stableId } from '@coroner/schema/identity';
import type { Judgement } from '@coroner/schema/verdict/case';
import { knownAs } from './alike.ts';
import type { IncidentKey } from './key.ts';

type Answer = Judgement['answer'];

/** The end of a namespace takes a while; a parent-death signal does not. */
const bondMs = 10_000;
/** One blow at many processes is over within this; a single kill beside it says nothing. */
const blowMs = 1_000;
const fewestOfBlow = 3;

/** What others may be part of: whom it takes along, who of its program goes at the same moment. */
export function offersOf({ death }: Answer, isKill: boolean): IncidentKey[] {
  const keys: IncidentKey[] = [{ key: bondOf(death.id), windowMs: bondMs, role: 'offers' }];
  if (isKill && death.signal === 'SIGKILL')
    keys.push({ key: besideOf(death), windowMs: blowMs, role: 'offers' });
  return keys;
}

/**
 * What a death that alerts nobody may be part of: the end of its parent, or a blow at others of its
 * program, when it is not on record who sent its SIGKILL. It stays unnamed in its own answer.
 */
export function seeksOf({ death, verdict }: Answer, parentId: string | null): IncidentKey[] {
  if (verdict.cause === 'parent-died' && parentId !== null)
    return [
      { key: bondOf(parentId), windowMs: bondMs, role: 'seeks' },
      { key: bondOf(death.id), windowMs: bondMs, role: 'offers' },
    ];
  if (verdict.cause === 'unknown' && death.signal === 'SIGKILL' && death.pid > 0)
    return [{ key: besideOf(death), windowMs: blowMs, role: 'seeks', fewest: fewestOfBlow }];
  return [];
}

const bondOf = (deathId: string): string => stableId('bond', deathId);

const besideOf = (death: Answer['death']): string => stableId('beside', death.host, knownAs(death));
