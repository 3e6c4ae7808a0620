import type { HubClient } from '@coroner/schema/client/hub-client';
import { printable, shortened } from '@coroner/schema/verdict/words/printable';
import type { webApi } from '@slack/bolt';
import type { Logger } from 'pino';

interface Prompt {
  title: string;
  message: string;
}

const looksAt = 20;
const mostPrompts = 4;
const longestName = 30;
const always: readonly Prompt[] = [
  { title: 'The last hour', message: 'what died in the last hour?' },
  { title: 'Today', message: 'what died today?' },
];

/** Questions worth asking now, for the agent pane: about the newest deaths, then those that always are. */
export async function suggestQuestions(
  client: webApi.WebClient,
  hub: HubClient,
  channel: string,
  log: Logger,
): Promise<void> {
  try {
    // As an agent's pane wants it: with a thread's `thread_ts` the call would do nothing there.
    await client.apiCall('assistant.threads.setSuggestedPrompts', {
      channel_id: channel,
      title: 'Ask why a process died',
      prompts: [...(await ofNewest(hub, log)), ...always].slice(0, mostPrompts),
    });
  } catch (error) {
    log.info({ channel, error: String(error) }, 'no questions were suggested');
  }
}

async function ofNewest(hub: HubClient, log: Logger): Promise<Prompt[]> {
  try {
    const { items } = await hub.call('GET /v1/deaths', { query: { limit: looksAt } });
    const names = new Map(items.map(({ comm, host }) => [`${comm} ${host}`, { comm, host }]));
    return [...names.values()]
      .filter(({ comm }) => /^[\w.:@-]+$/.test(comm))
      .slice(0, mostPrompts - always.length)
      .map(({ comm, host }) => {
        const where = printable(host);
        return {
          title: shortened(`${comm} on ${where}`, longestName),
          message: `why did ${comm} die on ${where}?`,
        };
      });
  } catch (error) {
    log.debug({ error: String(error) }, 'the newest deaths are not known');
    return [];
  }
}
