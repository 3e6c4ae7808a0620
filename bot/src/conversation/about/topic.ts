import { marks, maskNames, unmask } from '../../question/names.ts';
import { parseQuestion } from '../../question/parse-question.ts';
import type { AskedAt } from '../../question/question.ts';

/** What somebody may want to know about a death that is being talked about. */
export type Topic = 'next' | 'before' | 'logins' | 'jobs' | 'report' | 'around';

/** In this order: "what runs next?" is about the next run, "did it happen before?" not about what happened. */
const topics: readonly (readonly [Topic, RegExp])[] = [
  ['next', /\b(?:who|what)(?:'s| is| will be)? next\b|\bnext (?:victim|run|time|one)\b/i],
  ['next', /\b(?:will|when)\b.*\b(?:happen|die|run|strike|kill) again\b/i],
  ['before', /\b(?:happen(?:ed)?|died?|seen|killed|crash(?:ed)?) (?:it |this |that )?before\b/i],
  ['before', /\bhow (?:often|many times)\b|\bfirst time\b|\bhappened again\b|\bseen this\b/i],
  [
    'logins',
    /\b(?:who|any(?:one|body))\b.*\b(?:log(?:ged)?[- ]?(?:in|on)|signed in|connected|online)\b/i,
  ],
  ['logins', /\b(?:logins?|sessions?)\b|\bwho else\b.*\bthere\b/i],
  ['jobs', /\bwhat (?:runs?|ran|was running|is scheduled|was scheduled)\b|\bcron(?:tab|s)?\b/i],
  ['jobs', /\b(?:scheduled )?jobs?\b.*\b(?:then|time|run|ran|there|scheduled)\b/i],
  ['report', /\b(?:oom|raw|full|kernel|memory) (?:report|log|dump|story)\b|\b(?:the )?report\b/i],
  [
    'report',
    /\b(?:show|give|see|list|all)\b.*\b(?:evidence|proof|details?)\b|\bhow do you know\b/i,
  ],
  [
    'around',
    /\bwhat else\b|\bwho else (?:died|was killed|got killed|crashed)\b|\btimeline\b|\bhappened (?:then|around|just before|at (?:the|that) time)\b/i,
  ],
];

/** A question of its own, whatever words it holds besides: "why did cron die on web-4". */
const asksWhy =
  /\b(?:why|how come|who (?:the \w+ )?(?:killed|stopped|restarted|terminated|murdered)|what (?:the \w+ )?(?:killed|happened (?:to|with)))\b/i;

export interface FoundTopic {
  topic: Topic;
  /** The question without the words that told the topic: it may name a death. */
  rest: string;
}

/** Null where the question is none of these. Names are looked through: "session-manager" is no session. */
export function findTopic(text: string, asked: AskedAt): FoundTopic | null {
  const { placed, question } = parseQuestion(text, asked);
  if (placed && asksWhy.test(text)) return null;
  const masked = maskNames(text.replace(/\b(log|logged|signed)-(in|on)\b/gi, '$1 $2'));
  for (const [topic, words] of topics) {
    const told = words.exec(masked.text)?.[0];
    if (told === undefined) continue;
    if (placed && told.toLowerCase() === question.process?.toLowerCase()) continue;
    const rest = masked.text.replace(told, ' ');
    return { topic, rest: rest.replace(marks, (name) => quoted(unmask(name, masked))) };
  }
  return null;
}

const quoted = (name: string) => (/\s/.test(name) ? `\`${name.replaceAll('`', "'")}\`` : name);
