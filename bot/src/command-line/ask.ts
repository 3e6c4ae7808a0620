import type { HubClient } from '@coroner/schema/client/hub-client';
import { ask } from '../conversation/conversation.ts';
import type { Reply } from '../conversation/reply.ts';
import { type Paper, printReply } from '../terminal/print-reply.ts';
import { talk } from '../terminal/talk.ts';
import { exitStatus } from './exit-status.ts';

/** One question, or without one a conversation on stdin. */
export async function runAsk(hub: HubClient, words: string[], paper: Paper): Promise<number> {
  const text = words.join(' ').trim();
  if (text !== '') {
    const turn = await ask(hub, text, { now: new Date(), timezone: paper.timezone });
    const stream = turn.reply.tone === 'trouble' ? process.stderr : process.stdout;
    stream.write(printReply(turn.reply, paper));
    return statusOf(turn.reply);
  }
  const typed = process.stdin.isTTY === true;
  if (typed) {
    process.stdout.write('Ask why a process died. "exit" or Ctrl-D ends the conversation.\n\n');
  }
  const last = await talk({
    hub,
    input: process.stdin,
    output: process.stdout,
    paper,
    prompt: typed ? 'coroner> ' : '',
  });
  return last ? statusOf(last.reply) : exitStatus.answered;
}

function statusOf(reply: Reply): number {
  if (reply.tone === 'answered' || reply.tone === 'listed') return exitStatus.answered;
  return reply.tone === 'not-found' ? exitStatus.noSuchDeath : exitStatus.usageOrUnreachable;
}
