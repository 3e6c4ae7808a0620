import { createInterface } from 'node:readline';
import type { HubClient } from '@coroner/schema/client/hub-client';
import { ask, askById } from '../conversation/conversation.ts';
import type { Turn } from '../conversation/turn.ts';
import { type Paper, printReply } from './print-reply.ts';

export interface Talk {
  hub: HubClient;
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
  paper: Paper;
  /** Shown before each question; empty where nobody types. */
  prompt: string;
}

/**
 * A conversation, one question a line, until the input ends or `exit` is typed. The number of a
 * listed death asks for it; "and on web-4?" refers to the question before.
 */
export async function talk({ hub, input, output, paper, prompt }: Talk): Promise<Turn | null> {
  const lines = createInterface({ input, output, prompt, terminal: prompt !== '' && paper.colour });
  let last: Turn | null = null;
  lines.prompt();
  for await (const line of lines) {
    const text = line.trim();
    if (/^(?:exit|quit|bye|:q)$/i.test(text)) break;
    if (text !== '') {
      last = await turn(hub, text, last, paper.timezone);
      output.write(`\n${printReply(last.reply, paper)}\n`);
    }
    lines.prompt();
  }
  lines.close();
  return last;
}

async function turn(
  hub: HubClient,
  text: string,
  last: Turn | null,
  timezone: string,
): Promise<Turn> {
  const choice = /^\d{1,2}$/.test(text) ? last?.reply.choices[Number(text) - 1] : undefined;
  if (choice) return askById(hub, choice.id);
  return ask(hub, text, { now: new Date(), timezone }, last);
}
