import type { HubClient } from '@coroner/schema/client/hub-client';
import type { Logger } from 'pino';
import type { Actors } from '../act/actors.ts';
import type { FollowAnswers } from '../follow/follow-answers.ts';
import type { Homes } from '../home/homes.ts';
import type { Poster } from '../post/poster.ts';
import type { Once } from './once.ts';
import type { Threads } from './threads.ts';

export interface Answering {
  actors: Actors;
  hub: HubClient;
  poster: Poster;
  once: Once;
  follow: FollowAnswers;
  homes: Homes;
  threads: Threads;
  timezoneOf: (user: string | undefined) => Promise<string>;
  /** Where people find the hub's pages; null: nobody is sent there. */
  publicUrl: string | null;
  log: Logger;
}

/** Where a question stands: its answer goes into the thread of `ts`. */
export interface Place {
  channel: string;
  threadTs: string;
  /** The question begins the thread: nothing was said before. */
  isNew?: boolean;
}

export interface Asked extends Place {
  /** Unique for this question, the same when Slack delivers it again. */
  key: string;
  /** As Slack delivers it, with its escapes. */
  text: string;
  user: string | undefined;
}
