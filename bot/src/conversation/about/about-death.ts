import type { HubClient } from '@coroner/schema/client/hub-client';
import type { Answer } from '@coroner/schema/http/answer';
import type { Reply } from '../reply.ts';
import { whatElse } from './around.ts';
import { happenedBefore } from './before.ts';
import { jobsThen } from './jobs-then.ts';
import { loginsThen } from './logins-then.ts';
import { type Moment, momentOf } from './moment.ts';
import { whatIsNext } from './next.ts';
import { report } from './report.ts';
import type { Topic } from './topic.ts';

/** Further questions that a host and an instant are enough for. */
const ofMoment = { logins: loginsThen, jobs: jobsThen, around: whatElse };
/** And those about one death. */
const ofDeath = { before: happenedBefore, next: whatIsNext, report };

export type MomentTopic = keyof typeof ofMoment;

export function isOfMoment(topic: Topic): topic is MomentTopic {
  return topic in ofMoment;
}

/** What to say to it, from the hub's history. Rejects with the client's HubError alone. */
export function aboutMoment(hub: HubClient, topic: MomentTopic, moment: Moment): Promise<Reply> {
  return ofMoment[topic](hub, moment);
}

/** Rejects with the client's HubError alone. */
export async function aboutDeath(hub: HubClient, topic: Topic, answer: Answer): Promise<Reply> {
  if (isOfMoment(topic)) return aboutMoment(hub, topic, momentOf(answer));
  return ofDeath[topic](hub, answer);
}
