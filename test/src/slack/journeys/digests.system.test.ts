import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { killed } from '@coroner/hub/dist/testing/deaths.js';
import { testToken } from '@coroner/hub/dist/testing/hub.js';
import { beforeEach, expect, it } from 'vitest';
import { projectRoot } from '../../stack/stack.ts';
import type { RunningBot } from '../stage/run-bot.ts';
import { until } from '../stage/until.ts';
import { withHub } from '../stage/with-hub.ts';

const stage = withHub(() => ({ SLACK_DIGEST_CHANNEL: 'CALERTS' }));
const msPerHour = 3_600_000;

/** Each day at this time of the clock, in UTC; to the second, so that nobody has to wait for a minute. */
function dailyAt(at: Date): string {
  return `${at.getUTCSeconds()} ${at.getUTCMinutes()} ${at.getUTCHours()} * * *`;
}
const hoursAgo = (hours: number) => dailyAt(new Date(Date.now() - hours * msPerHour));
const became = (bot: RunningBot, due = 0) =>
  until('it is done with the digest', () => {
    const line = bot.log.find(
      ({ msg, to }) => msg === 'a digest was due' && Date.parse(String(to)) >= due,
    );
    return line && String(line['became']);
  });
const posted = () => stage.slack.messages('CALERTS');
const dies = (pid: number, comm = 'nginx') => {
  const killer = { pid: 900, startUs: 900_000, comm: 'zap', cmdline: ['zap'], user: 'erin' };
  return stage.world.agent.publish('web-3', [killed({ host: 'web-3', comm, pid, killer })]);
};

beforeEach(async () => {
  await stage.world.rows('truncate claims');
});

it('says nothing of a day without deaths, and one line of a week', async () => {
  const quiet = stage.bot({ CORONER_DIGEST_DAILY: hoursAgo(1) });
  expect(await became(quiet)).toBe('quiet');
  const weekly = stage.bot({ CORONER_DIGEST_WEEKLY: hoursAgo(1) });
  expect(await became(weekly)).toBe('posted');
  const [{ blocks = [] } = {}, ...more] = posted();
  expect(more).toEqual([]);
  // That there was nothing is worth no more than the watch that was kept.
  expect(blocks).toHaveLength(2);
  expect(JSON.stringify(blocks)).toContain('Nobody watched');
  expect(posted()[0]?.text).toMatch(/^No death from .* No incident is open\.$/);
});

it('is posted at its time, once among two bots and one that comes later', async () => {
  await dies(11);
  await dies(12, '<!channel>');
  const stored = 'select count(*) from deaths';
  await until('they are stored', async () => (await stage.world.count(stored)) === 2);
  const started = Date.now();
  const schedule = { CORONER_DIGEST_DAILY: dailyAt(new Date(started + 5_000)) };
  const bots = [stage.bot(schedule), stage.bot(schedule)];
  const ends = await Promise.all(bots.map((bot) => became(bot, started)));
  expect(ends.sort()).toEqual(['posted', 'told']);
  expect(await became(stage.bot(schedule), started)).toBe('told');
  expect(posted()).toHaveLength(1);
  expect(posted()[0]?.text).toMatch(
    /^2 deaths, 1 new incident from .*more or fewer than in the same time before is not known/,
  );
  const blocks = JSON.stringify(posted()[0]?.blocks);
  expect(blocks).toMatch(/\*Victims:\* .*`nginx` ×1/);
  expect(blocks).toContain('&lt;!channel&gt;');
  expect(blocks).toContain('*Open 1:*');
  expect(posted().flatMap(({ pings }) => pings)).toEqual([]);
});

it('is posted late while it is news, and left out after that', async () => {
  expect(await became(stage.bot({ CORONER_DIGEST_WEEKLY: hoursAgo(3) }))).toBe('posted');
  expect(await became(stage.bot({ CORONER_DIGEST_DAILY: hoursAgo(5) }))).toBe('late');
  expect(posted()).toHaveLength(1);
});

it('is posted once although a bot ends while it posts', async () => {
  const schedule = { CORONER_DIGEST_WEEKLY: hoursAgo(1) };
  stage.slack.failNext('chat.postMessage', { kind: 'hang', ms: 60_000, accepted: true });
  const first = stage.bot(schedule);
  await until('Slack has it', () => posted().length > 0);
  await first.kill();
  stage.slack.recover();
  await stage.world.rows(`update claims set lease_until = now() - interval '1 second'`);
  const bots = [stage.bot(schedule), stage.bot(schedule)];
  const ends = await Promise.all(bots.map((bot) => became(bot)));
  expect(ends.sort()).toEqual(['posted', 'told']);
  expect(posted()).toHaveLength(1);
});

it('is given on demand, in Slack and on the terminal', async () => {
  await stage.bot().ready();
  await stage.slack.command('digest week', { channel: 'COPS' });
  const said = await until('the digest', () => stage.slack.messages('COPS')[0]);
  expect(said.text).toMatch(/^2 deaths, 1 new incident/);
  const asked = stage.slack.mention('digest');
  await until('in a thread too', () => stage.slack.thread(asked)[0]?.text.startsWith('2 deaths'));
  const coroner = async (...words: string[]) => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(projectRoot, 'bot/bin/coroner.js'), ...words],
      {
        env: {
          ...{ PATH: process.env['PATH'] ?? '', TZ: 'UTC' },
          ...{ CORONER_API_URL: stage.hub.address, CORONER_API_TOKEN: testToken },
        },
      },
    );
    return stdout;
  };
  expect(await coroner('digest', 'week')).toMatch(
    /^Nobody watched.*\n2 deaths.*Victims +.*nginx.*Open 1/s,
  );
  expect(JSON.parse(await coroner('digest', '--json'))).toMatchObject({ deaths: { count: 2 } });
});
