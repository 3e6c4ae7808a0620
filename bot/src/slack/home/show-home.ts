import type { webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import type { HubClient } from '../../hub-client/hub-client.ts';
import { HubError } from '../../hub-client/hub-error.ts';
import { glance } from './glance.ts';
import { type HomeView, renderHome, renderHomeTrouble } from './render-home.ts';

/** Publishes the Home tab of one user as the fleet is now. What Slack refuses is logged, not thrown. */
export async function showHome(
  client: webApi.WebClient,
  hub: HubClient,
  user: string,
  log: Logger,
): Promise<void> {
  try {
    await client.views.publish({ user_id: user, view: await homeOf(hub) });
  } catch (error) {
    log.warn({ user, error: String(error) }, 'the Home tab was not shown');
  }
}

async function homeOf(hub: HubClient): Promise<HomeView> {
  try {
    return renderHome(await glance(hub, new Date()));
  } catch (error) {
    if (error instanceof HubError) return renderHomeTrouble(error.message);
    throw error;
  }
}
