import type { HubClient } from '@coroner/schema/client/hub-client';
import type { Alert } from '@coroner/schema/wire/alert';
import type { webApi } from '@slack/bolt';
import type { Posted } from '../slack/post/posted.ts';
import { postOnce } from '../slack/post/poster.ts';
import { renderReopened } from '../slack/render/standing.ts';

const leaseSeconds = 60;

/**
 * An edited card notifies nobody: where the hub opened an incident again (it grew, or its snooze is
 * over), the thread says so, for the whole channel to see; once, whichever bot edits the card.
 */
export async function announceReopened(
  client: webApi.WebClient,
  hub: HubClient,
  holder: string,
  alert: Alert,
  { channel, ts }: Posted,
): Promise<void> {
  const action = alert.state?.action;
  if (action?.kind !== 'reopen' || action.by.token !== null) return;
  const key = `reopened:${action.id}:${channel}`;
  const { granted, claim } = await hub.call('POST /v1/claims', {
    body: { key, holder, leaseSeconds },
  });
  if (!granted || claim.value !== null) return;
  const more = { thread_ts: ts, reply_broadcast: true };
  const posted = await postOnce(client, channel, renderReopened(alert), more);
  await hub.call('PUT /v1/claims', { body: { key, holder, value: posted } });
}
