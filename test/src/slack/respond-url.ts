import type { IncomingMessage, ServerResponse } from 'node:http';
import { checkMessage } from './check/message.ts';
import { rawBody } from './web-api/parse-body.ts';
import type { Workspace } from './workspace/workspace.ts';

const mostUses = 5;

/** `POST /response/ID/CHANNEL/USER`: what a command or a click answers without a token, five times. */
export function responseUrls(workspace: Workspace) {
  const uses = new Map<string, number>();
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, , id = '', channel = '', user = ''] = (request.url ?? '').split('/');
    const used = (uses.get(id) ?? 0) + 1;
    uses.set(id, used);
    if (used > mostUses) {
      response.writeHead(404).end('used_url');
      return;
    }
    const body = JSON.parse((await rawBody(request)).toString('utf8')) as Record<string, unknown>;
    const checked = checkMessage(body);
    if (checked.error) {
      response.writeHead(400).end(checked.error);
      return;
    }
    workspace.add({
      channel,
      ts: workspace.nextTs(),
      threadTs: null,
      user: workspace.bot.userId,
      botId: workspace.bot.botId,
      text: checked.text,
      blocks: checked.blocks,
      metadata: null,
      acceptedMs: Date.now(),
      edits: [],
      pings: checked.pings,
      onlyFor: body['response_type'] === 'in_channel' ? null : user,
    });
    response.writeHead(200).end('ok');
  };
}
