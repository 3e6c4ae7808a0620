import { randomBytes } from 'node:crypto';

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

export interface Workspace {
  readonly teamId: string;
  readonly appId: string;
  readonly bot: { userId: string; botId: string };
  readonly users: Map<string, User>;
  readonly channels: Map<string, Channel>;
  readonly messages: Message[];
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
    nextId: (prefix) => `${prefix}${randomBytes(6).toString('hex').toUpperCase()}`,
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
