import type { HubClient } from '@coroner/schema/client/hub-client';
import { why, whyReply } from '../conversation/why.ts';
import type { Question } from '../question/question.ts';
import { type Paper, printReply } from '../terminal/print-reply.ts';
import { exitStatus } from './exit-status.ts';

/** Prints the answer, or the hub's own JSON with `json`. Rejects with a HubError. */
export async function runWhy(
  hub: HubClient,
  question: Question,
  json: boolean,
  paper: Paper,
  print: (text: string) => void,
): Promise<number> {
  const result = await why(hub, question);
  print(
    json
      ? `${JSON.stringify(result.raw, null, 2)}\n`
      : printReply(whyReply(result, question), paper),
  );
  return result.found ? exitStatus.answered : exitStatus.noSuchDeath;
}
