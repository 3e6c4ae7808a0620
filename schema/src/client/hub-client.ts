import type { z } from 'zod';
import { endpoints } from '../http/endpoints.ts';
import type { Inputs, Item, JsonName, ListName, Output, PictureName } from './calls.ts';
import type { HubAddress } from './hub-address.ts';
import { HubError } from './hub-error.ts';
import { type HubRequest, request, requestBytes } from './request.ts';
import { type StreamItem, type StreamOptions, streamOf } from './stream.ts';
import { unchangedAnswers } from './unchanged.ts';

const pageItems = 1_000;
/** A hub that hands out the same page for ever must not be read for ever. */
const mostPages = 100;

/** What is asked of the hub, an operation by its name in the OpenAPI document. Every call rejects with a HubError alone. */
export interface HubClient {
  call<Name extends JsonName>(name: Name, ...input: Inputs<Name>): Promise<Output<Name>>;
  /** `raw` is the hub's own JSON: it may hold fields that this version does not know. */
  callRaw<Name extends JsonName>(
    name: Name,
    ...input: Inputs<Name>
  ): Promise<{ answer: Output<Name>; raw: unknown }>;
  /** All items of a list, each page read when the one before is taken. */
  items<Name extends ListName>(name: Name, ...input: Inputs<Name>): AsyncGenerator<Item<Name>>;
  /** Deaths and incidents as they are stored, over lost connections too. */
  stream(options: StreamOptions): AsyncGenerator<StreamItem, void>;
  /** PNG. */
  picture(name: PictureName, id: string): Promise<Uint8Array>;
}

export function hubClient(hub: HubAddress): HubClient {
  const unchanged = unchangedAnswers();

  async function callRaw<Name extends JsonName>(name: Name, ...[input]: Inputs<Name>) {
    const raw = await request(hub, requestOf(name, input ?? {}), unchanged);
    const parsed = (endpoints[name].answer as z.ZodType).safeParse(raw);
    if (parsed.success) return { answer: parsed.data as Output<Name>, raw };
    const issue = parsed.error.issues[0];
    throw new HubError(
      'malformed',
      `The hub's answer to ${name} is not what this version understands: ${issue?.path.join('.')} ${issue?.message}`,
    );
  }

  return {
    callRaw,
    call: async (name, ...input) => (await callRaw(name, ...input)).answer,
    async *items(name, ...[input]) {
      let cursor: string | null | undefined;
      for (let read = 0; read < mostPages && cursor !== null; read += 1) {
        const { query } = { query: {}, ...input };
        const paged = {
          ...input,
          query: { limit: pageItems, ...query, ...(cursor && { cursor }) },
        };
        // Each list takes `limit` and `cursor`, which no generic type says.
        const page = (await callRaw(name, ...([paged] as never))).answer;
        yield* page.items;
        cursor = page.next;
      }
    },
    stream: (options) => streamOf(hub, options),
    picture: (name, id) => requestBytes(hub, requestOf(name, { path: { id } })),
  };
}

interface AnyInput {
  path?: Record<string, string>;
  query?: object;
  body?: unknown;
}

/** Relative to the hub's address, which may have a path of its own. */
function requestOf(name: JsonName | PictureName, input: object): HubRequest {
  const { path = {}, query, body }: AnyInput = input;
  const [method, template] = name.split(' /') as [HubRequest['method'], string];
  const filled = template.replace(/\{(\w+)\}/g, (_, part: string) =>
    encodeURIComponent(path[part] ?? ''),
  );
  return { method, path: filled, ...(query && { query }), ...(body !== undefined && { body }) };
}
