import { setTimeout as sleep } from 'node:timers/promises';
import type { HubClient } from '@coroner/schema/client/hub-client';
import { HubError } from '@coroner/schema/client/hub-error';
import type { webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import { pace } from '../post/pace.ts';
import { refusalOf } from '../post/refusal.ts';
import { glance, standingOf, unresolved } from './glance.ts';
import { type HomeView, renderHome, renderHomeTrouble, withSubscriptions } from './render-home.ts';

const lookEveryMs = 3_000;
/** views.publish is tier 4, 100/min a workspace: people who open their tab come first. */
const publishBurst = 5;
const publishEveryMs = 1_500;
/** Slack does not say when somebody has left the tab. */
const keptForMs = 30 * 60_000;
const mostKept = 50;

/** The Home tabs of those who opened theirs lately. */
export interface Homes {
  /** Publishes the tab as the fleet is now. What Slack refuses is logged, not thrown. */
  opened(user: string): Promise<void>;
}

interface Kept {
  untilMs: number;
  /** Of the incidents that it shows, see `standingOf`; null where it shows a trouble. */
  standing: string | null;
}

interface Made {
  view: HomeView;
  standing: string | null;
}

/** For half an hour after it was opened a tab is published anew when an incident's state changes. */
export function homes(
  client: webApi.WebClient,
  hub: HubClient,
  log: Logger,
  signal: AbortSignal,
): Homes {
  const kept = new Map<string, Kept>();
  const publications = pace(publishBurst, publishEveryMs);
  let looking = false;

  /** With what this user alone sees, below what all see; left out where the hub does not tell. */
  async function own(user: string, { view, standing }: Made): Promise<HomeView> {
    if (standing === null) return view;
    try {
      return withSubscriptions(
        view,
        (await hub.call('GET /v1/alert-routes', { query: { owner: user } })).items,
      );
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      log.debug({ user, error: error.message }, 'a Home tab is without its subscriptions');
      return view;
    }
  }

  async function publish(user: string, made: Made): Promise<void> {
    const { standing } = made;
    try {
      await client.views.publish({ user_id: user, view: await own(user, made) });
      const known = kept.get(user);
      if (known) known.standing = standing;
    } catch (error) {
      log.warn({ user, error: String(error) }, 'the Home tab was not shown');
      const refusal = refusalOf(error)?.kind;
      if (refusal === 'permanent' || refusal === 'blocks') kept.delete(user);
    }
  }

  async function turn(): Promise<void> {
    let waitMs = publications.take(performance.now());
    while (waitMs > 0) {
      await sleep(waitMs, undefined, { signal });
      waitMs = publications.take(performance.now());
    }
  }

  async function renew(): Promise<void> {
    const now = performance.now();
    for (const [user, { untilMs }] of kept) if (untilMs <= now) kept.delete(user);
    const standing = standingOf(await unresolved(hub));
    const stale = [...kept].filter(([, each]) => each.standing !== standing);
    if (stale.length === 0) return;
    const made = await makeHome(hub);
    for (const [user] of stale) {
      await turn();
      await publish(user, made);
    }
  }

  async function look(): Promise<void> {
    while (kept.size > 0 && !signal.aborted) {
      await sleep(lookEveryMs, undefined, { signal }).catch(() => undefined);
      await renew().catch((error: unknown) => {
        if (!signal.aborted) log.debug({ error: String(error) }, 'Home tabs were not looked after');
      });
    }
    looking = false;
  }

  return {
    async opened(user) {
      kept.delete(user);
      kept.set(user, { untilMs: performance.now() + keptForMs, standing: null });
      const oldest = kept.size > mostKept ? kept.keys().next().value : undefined;
      if (oldest !== undefined) kept.delete(oldest);
      publications.take(performance.now());
      await publish(user, await makeHome(hub));
      if (looking) return;
      looking = true;
      void look();
    },
  };
}

async function makeHome(hub: HubClient): Promise<Made> {
  try {
    const fleet = await glance(hub, new Date());
    return { view: renderHome(fleet), standing: standingOf(fleet) };
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    return { view: renderHomeTrouble(error.message), standing: null };
  }
}
