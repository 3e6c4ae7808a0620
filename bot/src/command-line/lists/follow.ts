import type { HubClient } from '@coroner/schema/client/hub-client';
import type { StreamItem } from '@coroner/schema/client/stream';
import type { StreamKind } from '@coroner/schema/http/stream';
import type { Paper } from '../../terminal/print-reply.ts';
import { type Column, cellsOf, growingTable } from './table.ts';

/** What the stream tells of one kind. */
export type Followed<Kind extends StreamKind> = Extract<StreamItem, { event: Kind }>['data'];

export interface Following<Kind extends StreamKind> {
  kind: Kind;
  columns: readonly Column<Followed<Kind>>[];
  /** By the names of the hub, not checked yet. */
  filters: Record<string, string>;
  json: boolean;
}

/** Of so many it is known what was printed of them last. */
const mostKnown = 10_000;

/**
 * Prints deaths or incidents as they come, and again when what is to be read of them changed, until
 * Ctrl-C. `tell` is for what is about the connection. Rejects with a HubError where nothing more comes.
 */
export async function follow<Kind extends StreamKind>(
  hub: HubClient,
  { kind, columns, filters, json }: Following<Kind>,
  paper: Paper,
  print: (text: string) => void,
  tell: (line: string) => void,
): Promise<void> {
  const ending = new AbortController();
  const end = () => ending.abort();
  const table = growingTable(columns, paper);
  const known = new Map<string, string>();
  let wasLost = false;
  const stream = hub.stream({
    query: { ...filters, only: kind },
    signal: ending.signal,
    onConnected: () => tell(wasLost ? 'Connected again.' : 'Following; Ctrl-C ends it.'),
    onLost: ({ message }) => {
      wasLost = true;
      tell(`${message} Trying again.`);
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
  try {
    for await (const item of stream) {
      if (item.event === 'missed') tell('What happened meanwhile is no longer in the stream.');
      if (item.event !== kind) continue;
      const data = item.data as Followed<Kind>;
      const text = json ? JSON.stringify(data) : cellsOf(columns, data, paper).join('\t');
      if (known.get(data.id) === text) continue;
      known.delete(data.id);
      known.set(data.id, text);
      const [oldest] = known.size > mostKnown ? known.keys() : [];
      if (oldest !== undefined) known.delete(oldest);
      print(json ? `${text}\n` : table([data]));
    }
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, end);
  }
}
