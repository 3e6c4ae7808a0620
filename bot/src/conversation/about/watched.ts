import type { ComparedPage, WatchedTime } from '@coroner/schema/http/compare';
import { joined, type Words } from '../words.ts';

type Compared = Pick<ComparedPage, 'period' | 'before'>;

/** What was not watched of two periods, and what is therefore not said; null where all of it was. */
export function unwatchedWords({ period, before }: Compared): Words | null {
  const words = joined(
    [
      missing(before, 'what is new, or more than before'),
      missing(period, 'what is gone, or fewer than before'),
    ],
    ' ',
  );
  return words.length > 0 ? words : null;
}

/** Nobody at all: no count says anything. */
export const nobodyWatched = (watched: WatchedTime | undefined): boolean => watched?.share === 0;

function missing({ since, until, watched }: ComparedPage['period'], claims: string): Words | null {
  if (!watched || (watched.hosts > 0 && watched.throughout === watched.hosts)) return null;
  const span: Words = [{ at: since }, ' to ', { at: until }];
  if (nobodyWatched(watched))
    return ['Nobody watched from ', ...span, `: ${claims}, is not known.`];
  const { throughout, hosts } = watched;
  return [
    ...['From ', ...span, ` ${percent(watched.share)} of the time was watched`],
    ` (${throughout} of ${hosts} hosts throughout): ${claims}, is said of those alone.`,
  ];
}

/** Neither all nor nothing where it is not. */
const percent = (share: number): string =>
  `${Math.min(99, Math.max(1, Math.round(share * 100)))} %`;
