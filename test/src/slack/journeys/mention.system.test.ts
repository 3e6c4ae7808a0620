import { afterEach, expect, it } from 'vitest';
import { sampleAnswer } from '../stage/sample-answer.ts';
import { type Scene, scene } from '../stage/scene.ts';
import { until } from '../stage/until.ts';

let here: Scene;
afterEach(() => here.close());

it('answers a mention in its thread: the verdict, then the evidence', async () => {
  here = await scene();
  await here.bot().ready();
  const asked = here.slack.mention('why did nginx die on web-3?');
  expect(await asked.delivered).toMatchObject({ status: 200, attempts: 1 });
  const [verdict, evidence] = await until('two messages', () => {
    const thread = here.slack.thread(asked);
    return thread.length >= 2 ? thread : null;
  });
  expect(verdict?.text).toContain('was killed with SIGKILL');
  expect(JSON.stringify(verdict?.blocks)).toContain('alice');
  expect(JSON.stringify(verdict?.blocks)).toContain('Proven');
  expect(JSON.stringify(evidence?.blocks)).toContain('si_code 0');
  expect(here.slack.messages().every((each) => each.threadTs === asked.ts)).toBe(true);
});

it('answers a direct message and does not answer itself', async () => {
  here = await scene();
  await here.bot().ready();
  const asked = here.slack.directMessage('who killed pid 4121');
  await until('two messages', () => here.slack.thread(asked).length >= 2);
  const again = here.slack.directMessage('who killed pid 4121');
  await until('two more', () => here.slack.thread(again).length >= 2);
  expect(here.slack.messages()).toHaveLength(4);
});

it('answers /coroner in the channel, and privately where it may not write', async () => {
  here = await scene();
  await here.bot().ready();
  expect(await here.slack.command('nginx web-3')).toMatchObject({ status: 200 });
  const posted = await until('the verdict', () => here.slack.messages('COPS')[0]);
  expect(posted.text).toContain('was killed with SIGKILL');
  await until('the evidence', () => here.slack.thread(posted).length === 1);
  await here.slack.command('nginx web-3', { channel: 'CPRIVATE' });
  const whispered = await until('a private answer', () => here.slack.messages('CPRIVATE')[0]);
  expect(whispered).toMatchObject({ onlyFor: 'UALICE' });
});

it('puts the report of /coroner into its thread as a file', async () => {
  here = await scene();
  await here.bot().ready();
  await here.slack.command('show the report of nginx');
  const posted = await until('the verdict', () => here.slack.messages('COPS')[0]);
  const upload = await until('the file', () =>
    here.slack.calls('files.completeUploadExternal').find(({ outcome }) => outcome === 'ok'),
  );
  expect(upload.args).toMatchObject({ channel_id: 'COPS', thread_ts: posted.ts });
});

it('offers the other deaths as buttons, and answers for the one that is chosen', async () => {
  const other = sampleAnswer({
    death: { id: 'f'.repeat(32), host: 'web-9', pid: 9, diedAt: '2026-11-20T00:00:00.000Z' },
  });
  here = await scene([sampleAnswer(), other]);
  await here.bot().ready();
  const asked = here.slack.mention('why did nginx die?');
  const [verdict] = await until('the verdict', () => {
    const thread = here.slack.thread(asked);
    return thread.length >= 2 ? thread : null;
  });
  if (!verdict) throw new Error('no verdict');
  expect(await here.slack.click(verdict, 'death:0')).toMatchObject({ status: 200 });
  await until('the other death', () =>
    here.slack.thread(asked).find((each) => each.text.includes('(pid 9) on web-9')),
  );
});

it('keeps the thread in mind: "and on web-9?"', async () => {
  here = await scene([sampleAnswer(), sampleAnswer({ death: { host: 'web-9', pid: 9 } })]);
  await here.bot().ready();
  const asked = here.slack.mention('why did nginx die on web-3?');
  await until('an answer', () => here.slack.thread(asked).length >= 2);
  here.slack.mention('and on web-9?', { threadTs: asked.ts });
  await until('the follow-up', () =>
    here.slack.thread(asked).find((each) => each.text.includes('on web-9')),
  );
});

it('says what it did not understand, what does not exist, and that the hub is away', async () => {
  here = await scene();
  await here.bot().ready();
  const answerTo = async (text: string) => {
    const asked = here.slack.mention(text);
    return until(`an answer to ${text}`, () => here.slack.thread(asked)[0]);
  };
  expect(JSON.stringify((await answerTo('hello')).blocks)).toContain('why did nginx die');
  expect((await answerTo('why did redis die on db-1')).text).toContain('No death of redis');
  here.hub.failWith(503);
  expect((await answerTo('why did nginx die')).text).toContain('The hub is in trouble');
  here.hub.failWith(null);
  expect((await answerTo('why did nginx die')).text).toContain('was killed');
});
