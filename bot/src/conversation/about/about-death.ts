import type { Answer } from '@coroner/schema/http/answer';
import type { HubClient } from '../../hub-client/hub-client.ts';
import type { Reply } from '../reply.ts';
import { whatElse } from './around.ts';
import { happenedBefore } from './before.ts';
import { jobsThen } from './jobs-then.ts';
import { loginsThen } from './logins-then.ts';
import { whatIsNext } from './next.ts';
import { report } from './report.ts';
import type { Topic } from './topic.ts';

/** A further question about a death: what to say to it, from the hub's history. */
export type AboutDeath = (hub: HubClient, answer: Answer) => Promise<Reply>;

const about: Record<Topic, AboutDeath> = {
  logins: loginsThen,
  jobs: jobsThen,
  before: happenedBefore,
  next: whatIsNext,
  around: whatElse,
  report: async (_hub, answer) => report(answer),
};

/** Rejects with the client's HubError alone. */
export function aboutDeath(hub: HubClient, topic: Topic, answer: Answer): Promise<Reply> {
  return about[topic](hub, answer);
}
