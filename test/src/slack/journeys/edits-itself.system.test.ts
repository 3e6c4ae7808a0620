import { afterEach, describe, expect, it } from 'vitest';
import { sampleAnswer } from '../stage/sample-answer.ts';
import { type Scene, scene } from '../stage/scene.ts';
import { until } from '../stage/until.ts';
import { botOver, ways } from '../stage/ways.ts';

let here: Scene;
afterEach(() => here.close());

const first = () => sampleAnswer({ verdict: { confidence: 'likely' } });
const corrected = () =>
  sampleAnswer({
    verdict: {
      cause: 'oom-cgroup',
      summary: 'nginx (pid 4121) on web-3 was killed by the kernel: its memory cgroup was full.',
    },
    answer: {
      actor: null,
      evidence: [
        {
          ...{ eventId: 'e3', at: '2026-11-23T03:12:07.119Z', source: 'kmsg', kind: 'oom-kill' },
          text: 'Memory cgroup out of memory: Killed process 4121 (nginx)',
        },
      ],
    },
  });

async function answered() {
  const asked = here.slack.mention('why did nginx die?');
  await until('verdict and evidence', () => here.slack.thread(asked).length === 2);
  const [verdict, evidence] = here.slack.thread(asked);
  if (!verdict || !evidence) throw new Error('no verdict');
  return { asked, verdict, evidence };
}

describe.each(ways)('over %s, an answer', (way) => {
  it('withdraws an accusation that later evidence takes back, in the answer itself', async () => {
    here = await scene([first()]);
    await botOver(way, here);
    const { asked, verdict, evidence } = await answered();
    here.hub.answers[0] = corrected();
    await until('the correction', () => verdict.edits.length > 0);
    expect(verdict.text).toMatch(/^Corrected: nginx.*its memory cgroup was full/);
    const blocks = JSON.stringify(verdict.blocks);
    expect(blocks).toMatch(/No longer true:.*pkill -9 -f python.*no longer held to have done it/);
    expect(blocks).not.toContain('*By:*');
    await until('its evidence too', () =>
      JSON.stringify(evidence.blocks).includes('Memory cgroup out of memory'),
    );
    expect(JSON.stringify(evidence.blocks)).not.toContain('SIGKILL from pkill');
    here.slack.mention('show the report', { threadTs: asked.ts });
    await until('the thread is known', () => here.slack.thread(asked).length > 2);
  });

  it('says that it became surer, and edits once for what a reader sees', async () => {
    here = await scene([first()]);
    await botOver(way, here);
    const { verdict } = await answered();
    const looks = () =>
      here.hub.requests.filter((each) => each.startsWith('GET /v1/deaths/')).length;
    here.hub.answers[0] = sampleAnswer();
    await until('the edit', () => verdict.edits.length > 0);
    const then = looks();
    here.hub.answers[0] = sampleAnswer({ answer: { revision: 7 } });
    await until('further looks', () => looks() >= then + 3);
    expect(verdict.edits).toHaveLength(1);
    expect(verdict.text).not.toContain('Corrected');
    expect(JSON.stringify(verdict.blocks)).toContain('the first answer was only likely');
  });

  it('is gone on with by another bot, under the question of a command too', async () => {
    here = await scene([first()]);
    const bot = await botOver(way, here);
    await here.slack.command('why did nginx die?');
    const verdict = await until('an answer', () => here.slack.messages('COPS')[0]);
    const evidence = await until('its evidence', () => here.slack.thread(verdict)[0]);
    const followed = () => here.hub.claimed.filter((key) => key.startsWith('answer:'));
    await until('it is followed, with its evidence', () => followed().length >= 2);
    await bot.kill();
    here.hub.expireLeases();
    here.hub.answers[0] = corrected();
    await Promise.all([botOver(way, here), botOver(way, here)]);
    await until('the correction', () => verdict.edits.length > 0);
    expect(verdict.edits).toHaveLength(1);
    expect(JSON.stringify(verdict.blocks)).toContain('asked: why did nginx die?');
    expect(verdict.text).toContain('Corrected');
    await until('its evidence too', () => evidence.edits.length > 0);
    expect(evidence.edits).toHaveLength(1);
    expect(here.slack.thread(verdict)).toHaveLength(1);
  });

  it('takes back a death that turned out to be none', async () => {
    here = await scene([first()]);
    await botOver(way, here);
    const { verdict, evidence } = await answered();
    here.hub.answers.length = 0;
    await until('it says so', () => verdict.text.startsWith('Withdrawn'));
    await until('the evidence goes', () => evidence.text.includes('an answer that was withdrawn'));
  });

  it('posts the evidence of an answer that had none at first, once', async () => {
    here = await scene([sampleAnswer({ answer: { evidence: [] } })]);
    await botOver(way, here);
    const asked = here.slack.mention('why did nginx die?');
    const verdict = await until('the verdict', () => here.slack.thread(asked)[0]);
    here.hub.answers[0] = corrected();
    await until('the correction', () => verdict.edits.length > 0);
    const evidence = await until('its evidence', () => here.slack.thread(asked)[1]);
    expect(JSON.stringify(evidence.blocks)).toContain('Memory cgroup out of memory');
    here.hub.answers[0] = sampleAnswer();
    await until('it is renewed', () => evidence.edits.length > 0);
    expect(here.slack.thread(asked)).toHaveLength(2);
  });
});
