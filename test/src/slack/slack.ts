import type { Delivered } from './events/delivery.ts';
import type { RecordedCall } from './web-api/handle-call.ts';
import type { Failure } from './workspace/failures.ts';
import type { PostLimit } from './workspace/rate-limits.ts';
import type { Message, View, Workspace } from './workspace/workspace.ts';

export interface SlackOptions {
  /** 0 for a free one. */
  port?: number;
  post?: PostLimit;
  /** Waits before events are sent again; Slack's own are 0, one minute, five minutes. */
  retryDelaysMs?: readonly number[];
  /** How long a bot may take to acknowledge. */
  ackTimeoutMs?: number;
  /** Scopes of the bot token; without it those of our manifest, optional ones included. */
  scopes?: readonly string[];
  /** The only methods of the Web API that it knows; without it all of them. */
  only?: readonly string[];
}

/** Something that a person did, and how the bot took its delivery. */
export interface Sent {
  channel: string;
  ts: string;
  eventId: string;
  delivered: Promise<Delivered>;
}

export interface Typed {
  user?: string;
  channel?: string;
  threadTs?: string;
  /** The same id again is what Slack does when it delivers an event twice. */
  eventId?: string;
}

/** A Slack of our own: one workspace, its Web API, Socket Mode and signed HTTP events. */
export interface Slack {
  /** Root of the Web API: the bot's SLACK_API_URL. */
  url: string;
  port: number;
  botToken: string;
  appToken: string;
  signingSecret: string;
  workspace: Workspace;
  /** Somebody mentions the bot in a channel (`COPS` without one). Slack's escapes are applied. */
  mention(text: string, typed?: Typed): Sent;
  directMessage(text: string, typed?: Typed): Sent;
  command(text: string, typed?: Typed): Promise<Delivered>;
  /** Somebody looks at the bot's Home tab; the bot answers with `views.publish`. */
  openHome(user?: string, tab?: 'home' | 'messages'): Promise<Delivered>;
  clickHome(action: { action_id: string; value: string }, user?: string): Promise<Delivered>;
  /** Somebody clicks the button with this action id. */
  click(message: Message, actionId: string, user?: string): Promise<Delivered>;
  /** Somebody chooses the option with this label in a menu of a message. */
  choose(message: Message, actionId: string, label: string, user?: string): Promise<Delivered>;
  /** Somebody fills a modal in, by the ids of its blocks, and sends it off. */
  submit(view: View, typed: Record<string, string>): Promise<Delivered>;
  /** Somebody asks "Why did this die?" about a message that another program wrote just now. */
  shortcut(message: object, typed?: Typed): Sent;
  /** Delivers an event again under its id. */
  redeliver(sent: Sent): Promise<Delivered>;
  /** What the bot wrote, oldest first; of one channel or of all. */
  messages(channel?: string): Message[];
  /** What the bot wrote in the thread of this message. */
  thread(of: { channel: string; ts: string }): Message[];
  /** Every call of the Web API, in order. */
  calls(method?: string): RecordedCall[];
  /** Bodies of the files that were uploaded, oldest first. */
  uploads(): Buffer[];
  failNext(method: string, failure: Failure, times?: number): void;
  /** Ends all planned failures. */
  recover(): void;
  /** Events go to this URL as signed requests, as with an app in HTTP mode. */
  sendTo(url: string | null): void;
  sockets(): number;
  socketConnected(): Promise<void>;
  dropSockets(): void;
  refreshSockets(): void;
  close(): Promise<void>;
}
