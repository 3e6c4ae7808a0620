import { growthSince, toldBy } from '@coroner/bot/alerts/occurrences/growth';
import { answerReply } from '@coroner/bot/conversation/replies/answer-reply';
import { saidIn } from '@coroner/bot/slack/follow/followed';
import { laterReply, withdrawnReply } from '@coroner/bot/slack/follow/later-reply';
import type { SlackMessage } from '@coroner/bot/slack/render/blocks';
import { renderNoEvidence } from '@coroner/bot/slack/render/render-evidence';
import { renderOccurrences } from '@coroner/bot/slack/render/render-occurrences';
import { renderReply } from '@coroner/bot/slack/render/render-reply';
import { sampleAlert } from '../stage/sample-alert.ts';
import { sampleAnswer } from '../stage/sample-answer.ts';
import { memoryKill } from './memory-kill.ts';

const hostile = '<!channel> *& `x`\n';

/** What the thread says of 38 deaths where two were known. */
function occurrences(host: string, first: string, second: string): SlackMessage {
  const before = sampleAlert('incident-1', 2, {
    byHost: [{ host: 'web-3', count: 2 }],
    victims: [{ comm: first, count: 2 }],
  });
  const now = sampleAlert('incident-1', 40, {
    byHost: [
      { host: 'web-3', count: 30 },
      { host, count: 10 },
    ],
    victims: [
      { comm: first, count: 39 },
      { comm: second, count: 1 },
    ],
  });
  const growth = growthSince(toldBy(before), now);
  if (!growth) throw new Error('it grew');
  return renderOccurrences(growth, now);
}

/** What people read after the first message: corrections, and the thread of a card. */
export function later(): Record<string, SlackMessage> {
  const first = answerReply(sampleAnswer({ verdict: { confidence: 'likely' } }));
  const followed = { said: saidIn(first), note: null, choices: [], choicesTitle: '' };
  return {
    'answer-corrected': renderReply(laterReply(followed, answerReply(memoryKill()))),
    'answer-surer': renderReply(laterReply(followed, answerReply(sampleAnswer()))),
    'answer-withdrawn': renderReply(withdrawnReply(followed)),
    'evidence-withdrawn': renderNoEvidence(true),
    'thread-occurrences': occurrences('web-4', 'gunicorn', 'celery'),
    'thread-hostile': occurrences(hostile, hostile, `${hostile}2`),
  };
}
