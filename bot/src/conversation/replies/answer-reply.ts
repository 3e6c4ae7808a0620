import type { Answer } from '@coroner/schema/http/answer';
import { type Page, type Reply, reply } from '../reply.ts';
import { sentence, type Words } from '../words.ts';
import { answerFacts } from './answer-facts.ts';
import { memoryChart } from './memory-chart.ts';
import { memoryPicture } from './memory-picture.ts';
import { memorySeries } from './memory-series.ts';

/** The hub's answer in the order in which people read it; nothing is derived anew. */
export function answerReply(answer: Answer, note: Words | null = null): Reply {
  const { verdict } = answer;
  return reply({
    tone: 'answered',
    headline: sentence(verdict.summary),
    verdictOf: answer.death.id,
    note,
    cause: verdict.cause,
    confidence: verdict.confidence,
    facts: answerFacts(answer),
    ruledOut: verdict.ruledOut.map((each) => [
      { code: each.cause },
      ': ',
      ...sentence(each.because),
    ]),
    advice: verdict.advice.map(sentence),
    gaps: answer.gaps,
    evidence: answer.evidence.map(({ at, source, kind, text }) => ({
      at,
      source,
      text: text || kind,
    })),
    chart: answer.memory ? memoryChart(answer.memory, answer.death) : [],
    series: answer.memory ? memorySeries(answer.memory, answer.death) : null,
    picture: answer.memory ? memoryPicture(answer.memory, answer.death) : null,
    choices: answer.others ?? [],
    choicesTitle: 'Or did you mean',
    pages: pagesOf(answer),
  });
}

function pagesOf({ death, related }: Answer): Page[] {
  const page: Page = { kind: 'deaths', id: death.id, title: 'All evidence' };
  const { incidentId: id } = related;
  return id === null ? [page] : [page, { kind: 'incidents', id, title: 'Incident' }];
}
