import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Api, ApiDependencies } from '../api-types.ts';
import type { FeedItem } from '../feed.ts';
import { usualProblems } from '../problems/responses.ts';

const keepAliveMs = 15_000;
/** A reader that is this far behind is cut off; it may come back. */
const mostBufferedBytes = 4 * 1024 * 1024;

/** Server-sent events, https://html.spec.whatwg.org/multipage/server-sent-events.html. */
export function streamRoute(app: Api, { feed }: ApiDependencies): void {
  const open = new Set<ServerResponse>();
  app.addHook('preClose', async () => {
    for (const response of open) response.end();
  });
  app.get(
    '/v1/stream',
    {
      schema: {
        summary: 'Deaths and incidents as they are stored: server-sent events',
        querystring: z.strictObject({}),
        produces: ['text/event-stream'],
        response: { 200: z.string(), ...usualProblems },
      },
    },
    (_request, reply) => {
      reply.hijack();
      const response = reply.raw;
      response.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      response.write(': listening\n\n');
      open.add(response);
      const end = feed.subscribe((item) => send(response, item));
      const keepAlive = setInterval(() => response.write(':\n\n'), keepAliveMs);
      response.once('close', () => {
        clearInterval(keepAlive);
        end();
        open.delete(response);
      });
    },
  );
}

function send(response: ServerResponse, { event, data }: FeedItem): void {
  if (response.writableLength > mostBufferedBytes) response.destroy();
  else response.write(`event: ${event}\nid: ${data.id}\ndata: ${JSON.stringify(data)}\n\n`);
}
