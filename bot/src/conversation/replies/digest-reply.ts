import type { Digest } from '@coroner/schema/http/digest';
import type { IncidentRow } from '@coroner/schema/http/incidents';
import { unwatchedWords } from '../about/watched.ts';
import { type Fact, type Reply, reply } from '../reply.ts';
import { joined, type Word, type Words } from '../words.ts';

const shownCauses = 6;
const shownOpen = 5;

/** Nothing to tell of: then a digest is a line, or none. */
export const isQuiet = ({ deaths, incidents }: Digest): boolean =>
  deaths.count === 0 && incidents.count === 0;

/** What happened in a period against the one before it, and what is open now. */
export function digestReply(digest: Digest): Reply {
  const { from, to, deaths, incidents, open } = digest;
  const span: Words = [' from ', { at: from }, ' to ', { at: to }];
  const stillOpen =
    open.count === 0 ? 'No incident is open.' : `${many(open.count, 'incident')} open.`;
  if (isQuiet(digest))
    return reply({
      tone: 'listed',
      note: unwatched(digest),
      headline: ['No death', ...span, `. ${stillOpen}`],
    });
  const began = `${many(deaths.count, 'death')}, ${many(incidents.count, 'new incident')}`;
  const causes = digest.causes.map(({ cause, ...counts }) => ({ name: cause, ...counts }));
  const shown = open.items.slice(0, shownOpen);
  return reply({
    tone: 'listed',
    note: unwatched(digest),
    headline: [began, ...span, `: ${trend(deaths)}. ${stillOpen}`],
    facts: [
      ...ranked('Victims', digest.victims),
      ...ranked('Causes', causes.slice(0, shownCauses)),
      ...ranked('Hosts', digest.hosts),
      ...ranked('By', digest.users),
      ...shown.map(openFact),
    ],
    pages: shown.map(({ id }, index) => ({
      ...{ kind: 'incidents' as const, id, title: `Open ${index + 1}` },
    })),
  });
}

type Counts = Digest['deaths'];

function unwatched({ from, to, watched }: Digest): Words | null {
  if (!watched) return null;
  const earlier = new Date(2 * Date.parse(from) - Date.parse(to)).toISOString();
  return unwatchedWords({
    period: { since: from, until: to, watched: watched.now },
    before: { since: earlier, until: from, watched: watched.before },
  });
}

const many = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

function trend({ count, before, state }: Counts): string {
  if (state === 'not-known') return 'more or fewer than in the same time before is not known';
  if (before === 0) return 'none in the same time before';
  if (count === before) return 'as many as in the same time before';
  const [more, than] = [Math.abs(count - before), count > before ? 'more' : 'fewer'];
  return `${more} ${than} than in the same time before`;
}

function ranked(label: string, items: readonly (Counts & { name: string })[]): Fact[] {
  if (items.length === 0) return [];
  const each = items.map(({ name, count, before, state }): Words => {
    const known = state === 'not-known' ? before > 0 : before !== count;
    const was = !known ? '' : before === 0 ? ' (new)' : ` (${before} before)`;
    return [{ code: name }, ` ×${count}${was}`];
  });
  return [{ label, words: joined(each, ', ') }];
}

function openFact({ title, deaths, lastAt, state }: IncidentRow, index: number): Fact {
  const by = state?.status === 'acknowledged' ? state.action?.by.name : undefined;
  const who: Word[] = by === undefined ? [] : [' · acknowledged by ', { code: by }];
  const count = deaths > 1 ? ` · ${deaths} deaths` : '';
  return { label: `Open ${index + 1}`, words: [title, count, ' · ', { at: lastAt }, ...who] };
}
