import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { StreamParameters } from '@coroner/schema/http/parameters';
import { streamSignals } from '@coroner/schema/http/stream';
import { z } from 'zod';
import { type Caller, stillValid } from '../../access/authenticate.ts';
import { type ChangeFilter, nextChanges, startOfChanges } from '../../answer/changes.ts';
import { meantHost } from '../../answer/names/meant-host.ts';
import { spellings } from '../../answer/names/spellings.ts';
import type { Api, ApiDependencies } from '../api-types.ts';
import { sensitive } from '../guard/scope.ts';
import { usualProblems } from '../problems/responses.ts';

const keepAliveMs = 15_000;
/** Looked at this often even when nobody woke us. */
const lookAgainMs = 5_000;

const StreamHeaders = z.object({
  'last-event-id': z
    .string()
    .regex(/^\d{1,15}$/, 'must be an id of this stream')
    .optional()
    .describe('goes on behind this event; changes are kept for a day'),
});

/** How far a reader was told, and how far there was nothing else for it. */
interface Place {
  told: number;
  read: number;
}

/**
 * Server-sent events, https://html.spec.whatwg.org/multipage/server-sent-events.html. The id of an
 * event is its place in the order of the commits: who comes back with it misses nothing. A reader
 * that is slow is read to slowly; nothing is buffered for it.
 */
export function streamRoute(app: Api, { pool, feed }: ApiDependencies): void {
  const open = new Set<ServerResponse>();
  app.addHook('preClose', async () => {
    for (const response of open) response.end();
  });
  app.get(
    '/v1/stream',
    {
      ...sensitive,
      schema: {
        summary: 'Deaths and incidents as they are stored: server-sent events, with resume',
        querystring: StreamParameters,
        headers: StreamHeaders,
        produces: ['text/event-stream'],
        response: { 200: z.string(), ...usualProblems },
      },
    },
    async (request, reply) => {
      const last = request.headers['last-event-id'];
      const { process, host, ...facts } = request.query;
      const names = process === undefined ? undefined : spellings(process);
      const filter = { ...facts, names, host: await meantHost(pool, host) };
      const from = await startOfChanges(pool, last === undefined ? null : Number(last));
      reply.hijack();
      const response = reply.raw;
      response.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      response.write(': listening\n\n');
      if (from.missed)
        response.write(
          `event: ${streamSignals.missed}\ndata: ${JSON.stringify({ after: last })}\n\n`,
        );
      response.write(positionAt(from.seq));
      open.add(response);
      const place = { told: from.seq, read: from.seq };
      const keepAlive = setInterval(() => void stay(request.caller, response, place), keepAliveMs);
      const look = follow(response, place, filter);
      const unsubscribe = feed.subscribe(look);
      const lookAgain = setInterval(look, lookAgainMs);
      look();
      response.once('close', () => {
        clearInterval(keepAlive);
        clearInterval(lookAgain);
        unsubscribe();
        open.delete(response);
      });
    },
  );

  /** Keeps the connection open for as long as its token is valid; a database that is away ends nothing. */
  async function stay(
    caller: Caller | null,
    response: ServerResponse,
    place: Place,
  ): Promise<void> {
    const valid = await stillValid(pool, caller).catch(() => true);
    if (!valid) return void response.end(`event: ${streamSignals.refused}\ndata: {}\n\n`);
    response.write(place.read > place.told ? positionAt(place.read) : ':\n\n');
    place.told = Math.max(place.told, place.read);
  }

  /** One look at a time; a look that is asked for meanwhile follows it. */
  function follow(response: ServerResponse, place: Place, filter: ChangeFilter): () => void {
    const closed = once(response, 'close');
    let looking = false;
    let again = false;
    async function lookOnce(): Promise<void> {
      for (let more = true; more && !response.closed; ) {
        const next = await nextChanges(pool, place.read, filter);
        for (const { seq: id, event, data } of next.items) {
          const text = `event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;
          place.told = id;
          if (!response.closed && !response.write(text))
            await Promise.race([once(response, 'drain'), closed]);
        }
        place.read = next.seq;
        more = next.more;
      }
    }
    const look = (): void => {
      again = looking;
      if (looking) return;
      looking = true;
      lookOnce()
        .catch((error: Error) =>
          app.log.warn({ reason: error.message }, 'cannot read changes, trying again'),
        )
        .finally(() => {
          looking = false;
          if (again) look();
        });
    };
    return look;
  }
}

const positionAt = (seq: number): string =>
  `event: ${streamSignals.position}\nid: ${seq}\ndata: {}\n\n`;
