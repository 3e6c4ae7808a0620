import { type Fact, type Reply, reply } from '../../conversation/reply.ts';
import type { Words } from '../../conversation/words.ts';
import { type Followed, type Said, saidIn } from './followed.ts';

/** What stands in the place of an answer when evidence has come since: `now` is the newest verdict. */
export function laterReply(
  {
    said,
    note,
    choices,
    choicesTitle,
  }: Pick<Followed, 'said' | 'note' | 'choices' | 'choicesTitle'>,
  now: Reply,
): Reply {
  const known = { ...now, note: note ?? now.note, choices, choicesTitle };
  const change = changeOf(said, saidIn(now));
  if (change === null) return known;
  const { headline, fact } = change;
  return { ...known, headline: [headline, ...now.headline], facts: [fact, ...now.facts] };
}

/** The death that it told of is not recorded any more: another record took its place, or there was none. */
export function withdrawnReply({ said }: Pick<Followed, 'said'>): Reply {
  return reply({
    tone: 'not-found',
    headline: [
      'Withdrawn: evidence that came later says that there was no such death, or that it is part of another. Please ask again.',
    ],
    facts: [withdrawn(said, false)],
  });
}

function changeOf(said: Said, now: Said): { headline: string; fact: Fact } | null {
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  if (same(said, now)) return null;
  const acquitted = said.by !== null && !same(said.by.slice(0, 2), now.by?.slice(0, 2));
  if (said.cause !== now.cause || acquitted)
    return { headline: 'Corrected: ', fact: withdrawn(said, acquitted) };
  const before: Words =
    said.confidence === now.confidence
      ? ['by evidence that came after the first answer']
      : [`by evidence that came later; the first answer was only ${said.confidence}`];
  return { headline: '', fact: { label: 'Updated', words: before } };
}

/** Whoever was named wrongly must not be left with it. */
const withdrawn = ({ headline }: Said, acquitted: boolean): Fact => ({
  label: 'No longer true',
  words: [
    'the first answer, “',
    ...headline,
    '”',
    acquitted ? ' Whom it named is no longer held to have done it.' : '',
  ],
});
