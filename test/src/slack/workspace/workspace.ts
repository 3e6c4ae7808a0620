import { randomBytes } from 'node:crypto';

const triggerLivesMs = 3000;

interface User {
  id: string;
  name: string;
  tz: string;
}

export interface Channel {
  id: string;
  name: string;
  kind: 'public' | 'im';
  /** The bot was invited; it cannot write to other channels. */
  botIsMember: boolean;
  archived: boolean;
}

/** A message as it stands now, and how it came to be so. */
export interface Message {
  channel: string;
  ts: string;
  threadTs: string | null;
  /** Who wrote it; the bot's own have a `botId`. */
  user: string;
  botId: string | null;
  text: string;
  blocks: unknown[];
  metadata: unknown;
  /** Accepted at, ms since the epoch. */
  acceptedMs: number;
  edits: { acceptedMs: number; text: string; blocks: unknown[] }[];
  /** People and groups that Slack would notify because of the text: `<!channel>`, `<@U1>`. */
  pings: string[];
  /** The only one who sees it; null for everybody. */
  onlyFor: string | null;
}

/** A modal that is open, or was. */
export interface View {
  id: string;
  /** As the bot sent it. */
  shape: Record<string, unknown>;
  openFor: string;
}

export interface Workspace {
  readonly teamId: string;
  readonly appId: string;
  readonly bot: { userId: string; botId: string };
  readonly users: Map<string, User>;
  readonly channels: Map<string, Channel>;
  readonly messages: Message[];
  /** Members by the id of their user group. */
  readonly userGroups: Map<string, string[]>;
  readonly views: View[];
  /** A trigger for one modal of this user, for three seconds. */
  trigger(user: string): string;
  /** Uses a trigger up: who may see a modal, or Slack's error. */
  exchange(triggerId: string): { user: string } | { error: string };
  /** Slack's ids of messages: seconds and a counter, unique and rising. */
  nextTs(): string;
  nextId(prefix: string): string;
  /** By id or by `#name`. */
  channel(idOrName: string): Channel | undefined;
  directChannel(user: string): Channel;
  add(message: Message): Message;
  find(channel: string, ts: string): Message | undefined;
}

/** One workspace with two people, three channels and the bot. */
export function workspace(): Workspace {
  const users = new Map<string, User>();
  const channels = new Map<string, Channel>();
  const messages: Message[] = [];
  const triggers = new Map<string, { user: string; givenMs: number; used: boolean }>();
  const nextId = (prefix: string) => `${prefix}${randomBytes(6).toString('hex').toUpperCase()}`;
  let lastTsUs = 0;
  for (const [id, name, tz] of [
    ['UALICE', 'alice', 'Europe/Berlin'],
    ['UBOB', 'bob', 'America/New_York'],
    ['UBOT', 'coroner', 'UTC'],
  ] as const) {
    users.set(id, { id, name, tz });
  }
  const add = (id: string, name: string, botIsMember: boolean, archived = false) =>
    channels.set(id, { id, name, kind: 'public', botIsMember, archived });
  add('COPS', 'ops', true);
  add('CALERTS', 'alerts', true);
  add('CPRIVATE', 'management', false);
  add('COLD', 'old', true, true);
  return {
    teamId: 'TCORONER',
    appId: 'ACORONER',
    bot: { userId: 'UBOT', botId: 'BBOT' },
    users,
    channels,
    messages,
    nextTs() {
      lastTsUs = Math.max(lastTsUs + 1, Date.now() * 1000);
      return `${Math.floor(lastTsUs / 1e6)}.${String(lastTsUs % 1e6).padStart(6, '0')}`;
    },
    nextId,
    userGroups: new Map([['SONCALL', ['UALICE']]]),
    views: [],
    trigger(user) {
      const id = nextId('T');
      triggers.set(id, { user, givenMs: Date.now(), used: false });
      return id;
    },
    exchange(triggerId) {
      const trigger = triggers.get(triggerId);
      if (!trigger) return { error: 'invalid_trigger_id' };
      if (trigger.used) return { error: 'exchanged_trigger_id' };
      if (Date.now() - trigger.givenMs > triggerLivesMs) return { error: 'expired_trigger_id' };
      trigger.used = true;
      return { user: trigger.user };
    },
    channel(idOrName) {
      const name = idOrName.replace(/^#/, '');
      return channels.get(idOrName) ?? [...channels.values()].find((each) => each.name === name);
    },
    directChannel(user) {
      const id = `D${user.slice(1)}`;
      const channel = channels.get(id) ?? {
        id,
        name: id,
        kind: 'im' as const,
        botIsMember: true,
        archived: false,
      };
      channels.set(id, channel);
      return channel;
    },
    add(message) {
      messages.push(message);
      return message;
    },
    find: (channel, ts) => messages.find((each) => each.channel === channel && each.ts === ts),
  };
}
