import type { HubClient } from '@coroner/schema/client/hub-client';
import { hostThen } from '../conversation/about/host-then.ts';
import { type Paper, printReply } from '../terminal/print-reply.ts';

/** Prints what is known of a host at a time, or the hub's own JSON. Rejects with a HubError. */
export async function runAt(
  hub: HubClient,
  host: string,
  time: string,
  json: boolean,
  paper: Paper,
  print: (text: string) => void,
): Promise<void> {
  const moment = await hub.call('GET /v1/hosts/{host}/at', { path: { host }, query: { time } });
  print(json ? `${JSON.stringify(moment, null, 2)}\n` : printReply(hostThen(moment), paper));
}
