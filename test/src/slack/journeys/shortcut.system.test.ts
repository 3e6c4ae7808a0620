import { afterEach, describe, expect, it } from 'vitest';
import { sampleAnswer } from '../stage/sample-answer.ts';
import { type Scene, scene } from '../stage/scene.ts';
import { until } from '../stage/until.ts';

let here: Scene;
afterEach(() => here.close());

const now = () => new Date().toISOString();

describe.each(['socket', 'http'])('"Why did this die?" over %s', (mode) => {
  async function start(answers = [sampleAnswer({ death: { diedAt: now() } })]): Promise<void> {
    here = await scene(answers);
    const http = { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: here.slack.signingSecret, PORT: '0' };
    const address = await here.bot(mode === 'http' ? http : {}).ready();
    if (mode === 'http')
      here.slack.sendTo(`http://127.0.0.1:${/\d+/.exec(address)?.[0]}/slack/events`);
  }

  it('reads an alert whose text is in attachments alone', async () => {
    await start();
    const title = '[FIRING:1] ProcessDown (nginx web-3 critical)';
    const asked = here.slack.shortcut({ text: '', attachments: [{ title }] });
    expect(await asked.delivered).toMatchObject({ status: 200 });
    await until('verdict and evidence', () => here.slack.thread(asked).length === 2);
    expect(here.slack.thread(asked)[0]?.text).toContain('nginx (pid 4121) on web-3 was killed');
    const question = here.hub.requests.find((each) => each.startsWith('GET /v1/why'));
    expect(question).toMatch(/process=nginx&host=web-3&at=20/);
  });

  it('offers what died on the host around then where it cannot tell what is meant', async () => {
    const other = { id: 'a'.repeat(32), comm: 'java', diedAt: now() };
    await start([sampleAnswer({ death: other })]);
    const asked = here.slack.shortcut({ text: 'Host: web-3 is red, process: redis' });
    const [said] = await until('an answer', () => {
      const thread = here.slack.thread(asked);
      return thread.length > 0 ? thread : null;
    });
    expect(said?.text).toContain('No death of `redis` on `web-3`');
    if (said) await here.slack.click(said, 'death:0');
    await until('its verdict', () =>
      here.slack.thread(asked).find(({ text }) => text.startsWith('java')),
    );
  });

  it('is never silent', async () => {
    await start([]);
    const asked = here.slack.shortcut({ text: '' });
    const said = await until('an answer', () => here.slack.thread(asked)[0]);
    expect(said.text).toContain('names no process');
  });
});
