import type { Logger } from 'pino';

/** With growing waits about five minutes: time to invite the bot. */
const mostRefusals = 15;

/** Alerts that Slack will not take before a person acts: the bot is not in the channel, it is archived. */
export interface Undeliverable {
  /** True when this was refused often enough; says so loudly the first time that Slack gives this reason. */
  givesUp(code: string, refusals: number): boolean;
  passedOver(incidentId: string, code: string): void;
}

export function undeliverable(channel: string, log: Logger, most = mostRefusals): Undeliverable {
  const told = new Set<string>();
  let count = 0;
  return {
    givesUp(code, refusals) {
      if (!told.has(code)) {
        told.add(code);
        log.error(
          { channel, code },
          `Slack refuses alerts in ${channel} (${code}): ${remedy[code] ?? 'see npx coroner slack-setup'}`,
        );
      }
      return refusals >= most;
    },
    passedOver(incidentId, code) {
      count += 1;
      log.error({ channel, code, incidentId, passedOver: count }, 'an alert was passed over');
    },
  };
}

const remedy: Record<string, string> = {
  is_archived: 'unarchive it, or name another one in its route or in SLACK_ALERT_CHANNEL',
  not_in_channel: 'invite the bot there',
  channel_not_found: 'invite the bot there, and check the id in its route or SLACK_ALERT_CHANNEL',
  invalid_blocks: 'this is a fault of ours, please report it with the bot’s log',
};
