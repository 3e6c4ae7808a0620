import { claimsOfWatching, wasWatched } from '@coroner/schema/compared';
import type { ComparedPage } from '@coroner/schema/http/compare';
import { joined, type Words } from '../words.ts';

type Compared = Pick<ComparedPage, 'period' | 'before'>;

/** What was not watched of two periods, and what is therefore not said; null where all of it was. */
export function unwatchedWords({ period, before }: Compared): Words | null {
  const words = joined(
    [missing(before, claimsOfWatching.before), missing(period, claimsOfWatching.period)],
    ' ',
  );
  return words.length > 0 ? words : null;
}

function missing({ since, until, watched }: ComparedPage['period'], claims: string): Words | null {
  if (!watched || wasWatched(watched)) return null;
  const span: Words = [{ at: since }, ' to ', { at: until }];
  const { share, throughout, hosts } = watched;
  if (share === 0) return ['Nobody watched from ', ...span, `: ${claims}, is not known.`];
  return [
    ...['From ', ...span, ` ${percent(share)} of the time was watched`],
    ` (${throughout} of ${hosts} hosts throughout): ${claims}, is said of those alone.`,
  ];
}

/** Neither all nor nothing where it is not. */
const percent = (share: number): string =>
  `${Math.min(99, Math.max(1, Math.round(share * 100)))} %`;
