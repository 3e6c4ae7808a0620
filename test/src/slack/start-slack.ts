import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delivery } from './events/delivery.ts';
import { sockets } from './events/socket-mode.ts';
import { people } from './people.ts';
import { responseUrls } from './respond-url.ts';
import type { Slack, SlackOptions } from './slack.ts';
import { handleCall, type RecordedCall } from './web-api/handle-call.ts';
import { rawBody } from './web-api/parse-body.ts';
import { failures } from './workspace/failures.ts';
import { rateLimits } from './workspace/rate-limits.ts';
import { workspace as newWorkspace } from './workspace/workspace.ts';

const botToken = 'xoxb-emulated-bot-token';
const appToken = 'xapp-emulated-app-token';
const signingSecret = 'emulated-signing-secret';
const manifestScopes =
  `app_mentions:read chat:write commands im:history im:write files:write users:read
  channels:read assistant:write channels:history groups:history groups:read reactions:write
  usergroups:read`.split(/\s+/);

/** Starts an emulated Slack on loopback. */
export async function startSlack(options: SlackOptions = {}): Promise<Slack> {
  const workspace = newWorkspace();
  const planned = failures();
  const calls: RecordedCall[] = [];
  const uploads: Buffer[] = [];
  const respond = responseUrls(workspace);
  let origin = '';

  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://slack').pathname;
    const handled = path.startsWith('/api/')
      ? handleCall(api, path.slice('/api/'.length), request, response)
      : path.startsWith('/response/')
        ? respond(request, response)
        : path.startsWith('/upload/')
          ? rawBody(request).then((body) => {
              uploads.push(body);
              response.end(`OK - ${body.length}`);
            })
          : Promise.resolve(void response.writeHead(404).end());
    handled.catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  const links = sockets(server);
  const events = delivery(
    links,
    signingSecret,
    options.retryDelaysMs ?? [0, 60_000, 300_000],
    options.ackTimeoutMs ?? 3000,
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  const person = people(workspace, events, () => origin);

  const api = {
    context: {
      workspace,
      origin,
      socketUrl: () => `ws://127.0.0.1:${port}/link/?ticket=${links.ticket()}`,
      onMessage: person.sees,
    },
    botToken,
    appToken,
    scopes: new Set(options.scopes ?? manifestScopes),
    only: options.only ? new Set(options.only) : null,
    failures: planned,
    limit: rateLimits(options.post ?? { burst: 5, everyMs: 1000 }),
    record: (call: RecordedCall) => void calls.push(call),
  };

  return {
    url: `${origin}/api/`,
    port,
    botToken,
    appToken,
    signingSecret,
    workspace,
    ...person,
    messages: (channel) =>
      workspace.messages.filter(
        (each) => each.botId !== null && (channel === undefined || each.channel === channel),
      ),
    thread: ({ channel, ts }) =>
      workspace.messages.filter(
        (each) => each.channel === channel && each.threadTs === ts && each.botId !== null,
      ),
    calls: (method) => calls.filter((each) => method === undefined || each.method === method),
    uploads: () => uploads,
    failNext: (method, failure, times = 1) => planned.next(method, failure, times),
    recover: planned.clear,
    sendTo: events.sendTo,
    sockets: links.count,
    socketConnected: links.connected,
    dropSockets: links.drop,
    refreshSockets: links.refresh,
    async close() {
      events.stop();
      links.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
