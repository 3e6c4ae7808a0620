import type { HubClient } from '@coroner/schema/client/hub-client';
import type { Answer } from '@coroner/schema/http/answer';
import type { NextRun, Rhythm } from '@coroner/schema/http/related';
import { type Fact, type Reply, reply } from '../reply.ts';

const shownRuns = 10;

/** "Who is next?": the next runs of the cron line behind the death, on every host that has it. */
export async function whatIsNext(
  _hub: HubClient,
  { actor, death, related }: Answer,
): Promise<Reply> {
  const origin = actor?.origin;
  if (origin?.type !== 'cron' || origin.command === null)
    return related.rhythm?.next ? inRhythm(related.rhythm, death.comm) : nobodyKnows(death.comm);
  const runs = related.nextRuns ?? [];
  const code = { code: `${origin.schedule ?? ''} ${origin.command}`.trim() };
  if (runs.length === 0)
    return reply({
      tone: 'answered',
      headline: ['The line ', code, ' stands in no crontab any more, or never runs again.'],
    });
  const hosts = new Set(runs.map(({ host }) => host)).size;
  const hidden = runs.length - shownRuns;
  return reply({
    tone: 'answered',
    headline: ['The line ', code, hosts === 1 ? ' runs again:' : ` runs again on ${hosts} hosts:`],
    facts: runs.slice(0, shownRuns).map(nextRun),
    note: hidden > 0 ? [`The soonest ${shownRuns} are shown; ${hidden} more are known.`] : null,
  });
}

const nextRun = ({ host, at, file, line }: NextRun): Fact => ({
  label: host,
  words: [{ at }, ` (${file}:${line})`],
});

function inRhythm({ schedule, timeZone, next, occurrences }: Rhythm, comm: string): Reply {
  return reply({
    tone: 'answered',
    headline: [
      { code: comm },
      ' may die again ',
      next ? { at: next } : 'then',
      `: ${occurrences} times it died in the rhythm `,
      { code: schedule },
      ` (${timeZone}), though no such job is known.`,
    ],
    confidence: 'possible',
  });
}

function nobodyKnows(comm: string): Reply {
  return reply({
    tone: 'answered',
    headline: [
      'Nobody can tell: the end of ',
      { code: comm },
      ' came from no job that is known to run again.',
    ],
  });
}
