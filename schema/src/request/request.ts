import type { RequestEvent } from '../event/request.ts';

/** What one command line asks for. */
export type Requested = Pick<
  RequestEvent,
  'of' | 'action' | 'targets' | 'ofUser' | 'waits' | 'callsOff'
> & {
  /** When, in the words of shutdown(8): `now`, `+5`, `23:00`. */
  when?: string;
};

/** The arguments of one program, without its name; null when it asks nobody to end anything. */
export type Parse = (args: readonly string[]) => Requested | null;

const longestTarget = 255;
const mostTargets = 64;

/** Names as they were typed: those that no unit or container can have are left out. */
export const targetsOf = (words: readonly string[]): string[] =>
  words.filter((word) => word !== '' && word.length <= longestTarget).slice(0, mostTargets);
