import { killed } from '@coroner/hub/dist/testing/deaths.js';
import { testToken } from '@coroner/hub/dist/testing/hub.js';
import { startHubProcess } from '@coroner/hub/dist/testing/hub-process.js';
import { freePort } from '@coroner/hub/dist/testing/servers/free-port.js';
import { AlertRoute } from '@coroner/schema/http/alert-routes';
import { alertStream } from '@coroner/schema/wire/subjects';
import { expect } from 'vitest';
import type { RunningBot } from '../stage/run-bot.ts';
import { until } from '../stage/until.ts';
import type { Stage } from '../stage/with-hub.ts';
import type { Message } from '../workspace/workspace.ts';
import { programs, type Step } from './step.ts';

const channel = 'COPS';
const allDay = { timeZone: 'UTC', from: '00:00', to: '00:00' };
const aDay = 86_400;
/** Soon after the end of a bot another one has what it held. */
const ackWaitNs = 2e9;

/** What is to be seen of a program: all that we know of the bot. */
interface Model {
  comm: string;
  deaths: number;
  card: 'none' | 'waits' | 'due';
}

export interface Fleet {
  /** A route, a bot and programs of its own, none of which has died. */
  begin(threshold: number): Promise<void>;
  take(step: Step): Promise<void>;
  /** Everything works again and nobody wants quiet: what is seen is what the model says. */
  settle(): Promise<void>;
}

/** Walks over a stage, one after the other; its hub gets an address that stays. */
export async function fleet(stage: Stage): Promise<Fleet> {
  const environment = { CORONER_API_PORT: String(await freePort()) };
  let walk = 0;
  let pid = 0;
  let deathsOfAll = 0;
  let threshold = 1;
  let isQuiet = false;
  let routeId = '';
  let models: Model[] = [];
  let bot: RunningBot;

  async function startHub(): Promise<void> {
    const { nats, databaseUrl, agent } = stage.world;
    stage.hub = await startHubProcess(nats.url, databaseUrl, environment);
    const manager = await agent.connection.jetstreamManager();
    const { name, consumer } = alertStream;
    await manager.consumers.update(name, consumer, { ack_wait: ackWaitNs });
  }

  async function saveRoute(): Promise<void> {
    const response = await fetch(
      new URL(`/v1/alert-routes${routeId && `/${routeId}`}`, stage.hub.address),
      {
        method: routeId ? 'PUT' : 'POST',
        headers: { authorization: `Bearer ${testToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          ...{ name: 'of the walk', channel },
          ...(threshold > 1 ? { threshold: { deaths: threshold, seconds: aDay } } : {}),
          ...(isQuiet ? { quietHours: allDay } : {}),
        }),
      },
    );
    const answer: unknown = await response.json();
    expect(response.status, JSON.stringify(answer)).toBe(200);
    routeId = AlertRoute.parse(answer).id;
  }

  const cards = ({ comm }: Model): Message[] =>
    stage.slack
      .messages(channel)
      .filter(({ text, threadTs }) => threadTs === null && text.includes(comm));

  /** Nothing of the hub's is under way: every alert is with the bot, or waits for its time. */
  async function told(): Promise<void> {
    await until('every death is stored', async () => {
      const stored = await stage.world.count('select count(*) from deaths');
      return stored === deathsOfAll;
    });
    await until(
      'the outbox is empty',
      async () => (await stage.world.count('select count(*) from outbox')) === 0,
    );
  }

  function nothingTooSoon(): void {
    for (const model of models) {
      expect(cards(model).length).toBeLessThanOrEqual(model.card === 'due' ? 1 : 0);
    }
  }

  async function die(model: Model): Promise<void> {
    const host = `host-of-${model.comm}`;
    pid += 1;
    const killer = { pid: 7, startUs: 7_000, comm: 'zap', cmdline: [model.comm], user: model.comm };
    await stage.world.agent.publish(host, [killed({ host, comm: model.comm, pid, killer })]);
    model.deaths += 1;
    deathsOfAll += 1;
    await told();
    if (model.card === 'due' || model.deaths < threshold) return;
    model.card = isQuiet ? 'waits' : 'due';
  }

  async function act(model: Model, by: string): Promise<void> {
    const [card] = cards(model);
    const offered = JSON.stringify(card?.blocks ?? []);
    if (!card || !offered.includes(by === 'snooze' ? 'act:snooze' : by)) return;
    if (by === 'snooze') await stage.slack.choose(card, 'act:snooze', 'for 4 hours', 'UBOB');
    else await stage.slack.click(card, by);
  }

  async function turnQuiet(to: boolean): Promise<void> {
    if (isQuiet === to) return;
    nothingTooSoon();
    isQuiet = to;
    await saveRoute();
    if (!to) for (const model of models) if (model.card === 'waits') model.card = 'due';
  }

  async function replaceBot(by: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    await (by === 'SIGTERM' ? bot.stop() : bot.kill());
    // What it had begun is anybody's within a minute.
    await stage.world.pool.query('update claims set lease_until = now() where value is null');
    bot = stage.bot();
    await bot.ready();
  }

  async function digest(): Promise<void> {
    const before = stage.slack.messages('CALERTS').length;
    await stage.slack.command('digest', { channel: 'CALERTS' });
    const said = await until('the digest', () => stage.slack.messages('CALERTS')[before]);
    const count = /^No death/.test(said.text) ? 0 : Number(/^(\d+) death/.exec(said.text)?.[1]);
    expect(count).toBe(deathsOfAll);
  }

  await stage.hub.end('SIGTERM');
  await startHub();
  return {
    async begin(of) {
      walk += 1;
      threshold = of;
      isQuiet = false;
      routeId = '';
      models = Array.from({ length: programs }, (_, index) => ({
        comm: `walk-${walk}-${index}.`,
        deaths: 0,
        card: 'none' as const,
      }));
      await stage.world.pool.query('truncate alert_routes');
      await saveRoute();
      bot = stage.bot();
      await bot.ready();
    },
    async take(step) {
      const model = 'program' in step ? models[step.program] : undefined;
      if (step.do === 'die' && model) await die(model);
      if (step.do === 'act' && model) await act(model, step.by);
      if (step.do === 'quiet') await turnQuiet(!isQuiet);
      if (step.do === 'bot') await replaceBot(step.by);
      if (step.do === 'hub') {
        await stage.hub.end(step.by);
        await startHub();
      }
      if (step.do === 'slack') stage.slack.failNext(step.call, step.failure);
      if (step.do === 'digest') await digest();
      nothingTooSoon();
    },
    async settle() {
      stage.slack.recover();
      await turnQuiet(false);
      await digest();
      for (const model of models.filter(({ card }) => card === 'due')) {
        const words = model.deaths > 1 ? `*${model.deaths} deaths*` : model.comm;
        await until(`the card of ${model.comm} shows ${words}`, () =>
          JSON.stringify(cards(model)[0]?.blocks ?? []).includes(words),
        );
      }
      await bot.stop();
      nothingTooSoon();
      for (const model of models) expect(cards(model)).toHaveLength(model.card === 'due' ? 1 : 0);
    },
  };
}
