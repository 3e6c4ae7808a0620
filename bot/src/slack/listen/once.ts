import type { HubClient } from '@coroner/schema/client/hub-client';
import type { Logger } from 'pino';
import type { Posted } from '../post/posted.ts';

/** Slack repeats an event after a minute: a bot that died before it answered has lost its claim by then. */
const leaseSeconds = 45;
const rememberedKeys = 5000;

/** Makes sure that each thing is answered once, whoever delivers it twice and however many bots there are. */
export interface Once {
  /** True when it is ours to answer. */
  first(key: string): Promise<boolean>;
  /** It is answered: nobody answers it again, after a restart neither. */
  done(key: string, answer: Posted): Promise<void>;
}

/** Claims at the hub; while the hub is away, at least this process answers nothing twice. */
export function once(hub: HubClient, holder: string, log: Logger): Once {
  const seen = new Set<string>();
  return {
    async first(key) {
      if (seen.has(key)) return false;
      seen.add(key);
      const oldest = seen.size > rememberedKeys ? seen.values().next().value : undefined;
      if (oldest !== undefined) seen.delete(oldest);
      try {
        const { granted, claim } = await hub.call('POST /v1/claims', {
          body: { key, holder, leaseSeconds },
        });
        // Another bot works on it: if that one dies, Slack's next delivery is ours to take.
        if (!granted && claim.value === null) seen.delete(key);
        return granted && claim.value === null;
      } catch (error) {
        log.warn({ key, error: String(error) }, 'no claim from the hub: answering without it');
        return true;
      }
    },
    async done(key, { channel, ts }) {
      try {
        await hub.call('PUT /v1/claims', { body: { key, holder, value: { channel, ts } } });
      } catch (error) {
        log.warn({ key, error: String(error) }, 'the hub could not note that this is answered');
      }
    },
  };
}
