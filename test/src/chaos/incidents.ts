import { killed } from '@coroner/hub/dist/testing/deaths.js';
import type { World } from '@coroner/hub/dist/testing/world.js';
import type { Slack } from '../slack/slack.ts';
import { until } from '../stack/until.ts';

/** What was to be posted against what stands in the channel. */
export interface CardAccount {
  incidents: number;
  /** Numbers of incidents without a card. */
  untold: number[];
  /** Cards beyond one for each incident. */
  toldTwice: number;
}

const host = 'chaos-incidents';

/** Deaths by somebody else each: every one of them is an incident, and has to have one card. */
export function incidents(world: World, slack: Slack, channel: string) {
  let made = 0;
  const nameOf = (number: number) => `victim-${number}-`;
  const account = (): CardAccount => {
    const cards = slack.messages(channel).map(({ text }) => text);
    const each = Array.from(
      { length: made },
      (_, number) => cards.filter((text) => text.includes(nameOf(number))).length,
    );
    return {
      incidents: made,
      untold: each.flatMap((count, number) => (count === 0 ? number : [])),
      toldTwice: each.reduce((sum, count) => sum + Math.max(0, count - 1), 0),
    };
  };
  return {
    async make(): Promise<void> {
      const number = made;
      made += 1;
      const killer = { pid: 10_000 + number, startUs: number + 1, user: `user-${number}` };
      const death = killed({ host, comm: nameOf(number), pid: 20_000 + number, killer });
      await world.agent.publish(host, [death]);
    },
    /** When each has its card, or when what is missing does not come. */
    async settled(withinMs: number): Promise<CardAccount> {
      const isTold = () => account().untold.length === 0;
      await until('every incident has its card', isTold, withinMs).catch(() => undefined);
      return account();
    },
  };
}
