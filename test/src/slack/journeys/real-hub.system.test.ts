import { killed } from '@coroner/hub/dist/testing/deaths.js';
import { testToken } from '@coroner/hub/dist/testing/hub.js';
import { expect, it } from 'vitest';
import { until } from '../stage/until.ts';
import { withHub } from '../stage/with-hub.ts';

const bob = { user: 'bob', from: '203.0.113.9', tty: 'pts/4', pid: 900 };

const stage = withHub();

it('answers for a death that an agent shipped, once, whoever delivers the question again', async () => {
  await Promise.all([stage.bot().ready(), stage.bot().ready()]);
  await stage.world.agent.publish('web-3', [killed({ host: 'web-3', comm: 'nginx', pid: 4121 })]);
  await until(
    'it is stored',
    async () => (await stage.world.count('select count(*) from deaths')) === 1,
  );
  const asked = stage.slack.mention('why did nginx die on web-3?');
  const [verdict] = await until('an answer', () => {
    const thread = stage.slack.thread(asked);
    return thread.length === 2 ? thread : null;
  });
  expect(verdict?.text).toMatch(/nginx.*pid 4121.*web-3.*SIGKILL.*pkill -9 -f python/);
  expect(JSON.stringify(verdict?.blocks)).toContain('*Proven:*');
  for (let time = 0; time < 3; time++) await stage.slack.redeliver(asked);
  const later = stage.slack.mention('what died on web-3?');
  await until('a list', () => stage.slack.thread(later).length === 1);
  expect(stage.slack.thread(asked)).toHaveLength(2);
});

it('answers further questions about the death in the thread, and in Chinese', async () => {
  await stage.bot().ready();
  const [host, comm] = ['web-7', 'tomcat'];
  const earlier = new Date(Date.now() - 86_400_000).toISOString();
  await stage.world.agent.publish(host, [
    killed({ host, comm, pid: 70, at: earlier }),
    killed({ host, comm, pid: 71 }),
    { kind: 'login', id: 'login-of-bob-1', source: 'wtmp', at: earlier, ...bob },
  ]);
  const stored = `select count(*) from events where host = '${host}'`;
  await until('it is stored', async () => (await stage.world.count(stored)) === 3);
  const asked = stage.slack.mention('web-7 上的 tomcat 为什么挂了？');
  await until('the verdict', () => stage.slack.thread(asked).length === 2);
  expect(stage.slack.thread(asked)[0]?.text).toMatch(/tomcat.*pid 71.*web-7.*SIGKILL/);

  const further = async (question: string) => {
    const before = stage.slack.thread(asked).length;
    stage.slack.mention(question, { threadTs: asked.ts });
    const said = await until(question, () => stage.slack.thread(asked)[before]);
    return JSON.stringify(said.blocks);
  };
  expect(await further('who else was logged in?')).toMatch(/bob.*203\.0\.113\.9.*pts\/4/);
  expect(await further('did it happen before?')).toContain('1 earlier death');
  expect(await further('下一个是谁？')).toContain('Nobody can tell');
  expect(await further('what runs at that time?')).toContain('No run of a job');
  expect(await further('what else happened?')).toContain('Nothing else');
  expect(await further('show the report')).toContain('pieces of evidence');
  const upload = await until('the file', () =>
    stage.slack.calls().find(({ method }) => method === 'files.completeUploadExternal'),
  );
  expect(JSON.stringify(upload)).toContain(asked.ts);
});

it('knows after a restart what a thread was about, and in the thread of a card too', async () => {
  const alerts = { NATS_URL: stage.world.nats.url, SLACK_ALERT_CHANNEL: 'CALERTS' };
  const first = stage.bot(alerts);
  await first.ready();
  const [host, comm] = ['web-8', 'haproxy'];
  const killer = { pid: 81, startUs: 81_000, comm: 'zap', cmdline: ['zap'], user: 'dave' };
  await stage.world.agent.publish(host, [killed({ host, comm, pid: 80, killer })]);
  const card = await until('its card', () =>
    stage.slack.messages('CALERTS').find(({ text }) => text.includes(comm)),
  );
  const asked = stage.slack.mention('why did haproxy die on web-8?');
  await until('an answer', () => stage.slack.thread(asked).length === 2);
  await first.kill();
  await stage.bot(alerts).ready();
  stage.slack.mention('did it happen before?', { threadTs: asked.ts });
  await until('the thread is known', () =>
    stage.slack.thread(asked).find(({ text }) => text.includes('No earlier death of `haproxy`')),
  );
  stage.slack.mention('what else happened?', { channel: 'CALERTS', threadTs: card.ts });
  await until('the card is known', () =>
    stage.slack.thread(card).find(({ text }) => text.includes('on `web-8`')),
  );
});

it('shows the fleet on the Home tab, and answers its buttons in a direct message', async () => {
  await stage.bot().ready();
  const [host, comm] = ['home-1', '<!channel>'];
  const killer = { pid: 34, startUs: 34_000, comm: 'reaper', cmdline: ['reaper'], user: 'carol' };
  await stage.world.agent.publish(host, [killed({ host, comm, pid: 33, killer })]);
  await stage.world.agent.heartbeat(host);
  const stored = `select count(*) from hosts join deaths using (host)
    where host = '${host}' and last_seen_at is not null and incident_id is not null`;
  await until('it is stored', async () => (await stage.world.count(stored)) === 1);
  await stage.slack.openHome('UALICE');
  const { args, outcome } = await until('the view', () => stage.slack.calls('views.publish')[0]);
  expect(outcome).toBe('ok');
  const view = String(args['view']);
  expect(view).toContain('with an agent');
  expect(view).toContain('&lt;!channel&gt;');
  const [, value = ''] = /"action_id":"death:0".*?"value":"([0-9a-f]+)"/.exec(view) ?? [];
  await stage.slack.clickHome({ action_id: 'death:0', value });
  const answer = await until('an answer', () => stage.slack.messages()[0]);
  await until('its evidence', () => stage.slack.thread(answer).length === 1);
  expect(answer.text).toContain('pid 33');
});

it('keeps an open Home tab true when somebody acts on an incident, as long as Slack takes it', async () => {
  await stage.bot().ready();
  const [host, comm] = ['home-2', 'postgres'];
  const killer = { pid: 35, startUs: 35_000, comm: 'zap', cmdline: ['zap'], user: 'erin' };
  await stage.world.agent.publish(host, [killed({ host, comm, pid: 36, killer })]);
  const of = `from deaths where host = '${host}' and incident_id is not null`;
  await until('it is stored', async () => (await stage.world.count(`select count(*) ${of}`)) === 1);
  const [row] = await stage.world.rows<{ id: string }>(`select incident_id as id ${of}`);
  await stage.slack.openHome('UALICE');
  const published = (user: string) =>
    stage.slack.calls('views.publish').filter(({ args }) => args['user_id'] === user);
  await until('a view', () => published('UALICE').length > 0);
  await stage.slack.openHome('UBOB');
  const views = () => published('UBOB').map(({ args }) => String(args['view']));
  expect(await until('the view', () => views()[0])).toContain('open incident');
  // The first of the two that is renewed is Alice's.
  stage.slack.failNext('views.publish', { kind: 'error', error: 'not_enabled' });
  const act = (kind: string) =>
    fetch(new URL(`/v1/incidents/${row?.id}/actions`, stage.hub.address), {
      method: 'POST',
      headers: { authorization: `Bearer ${testToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ id: `home-${kind}`, kind, by: { name: 'erika' } }),
    });
  expect((await act('acknowledge')).status).toBe(200);
  const seen = (words: string) => views().findIndex((view) => view.includes(words));
  await until('it shows who sees to it', () => seen('*Acknowledged by erika*') > 0);
  expect((await act('resolve')).status).toBe(200);
  await until('it is gone', () => !views().at(-1)?.includes('erika'));
  expect(published('UALICE').map(({ outcome }) => outcome)).toEqual(['ok', 'error']);
});

it('names the nearest deaths when none matches', async () => {
  await stage.bot().ready();
  const asked = stage.slack.mention('why did nginx die on web-9?');
  const reply = await until('an answer', () => stage.slack.thread(asked)[0]);
  expect(JSON.stringify(reply.blocks)).toContain('nginx');
});

it('posts one card for thirty victims of one command, and answers in its thread', async () => {
  await stage.bot({ NATS_URL: stage.world.nats.url, SLACK_ALERT_CHANNEL: 'CALERTS' }).ready();
  const at = new Date().toISOString();
  for (let pid = 5001; pid <= 5030; pid++) {
    const killer = { pid: 4242, startUs: 4_242_000, cmdline: ['kill', '-9', '<!channel>'] };
    const death = killed({ host: 'db-1', comm: '<!channel> & "x"\n', pid, at, killer });
    await stage.world.agent.publish('db-1', [death]);
  }
  const card = await until('a card of thirty', () =>
    stage.slack
      .messages('CALERTS')
      .find((each) => JSON.stringify(each.blocks).includes('30 deaths')),
  ).catch((error: unknown) => {
    throw new Error(
      `${error}: ${JSON.stringify([stage.slack.messages(), stage.bots.map(({ log }) => log)])}`,
    );
  });
  expect(
    stage.slack.messages('CALERTS').filter((each) => JSON.stringify(each.blocks).includes('db-1')),
  ).toHaveLength(1);
  expect(card.pings).toEqual([]);
  await stage.slack.click(card, 'death:0');
  await until('verdict and evidence', () => stage.slack.thread(card).length === 2);
  stage.slack.mention('show the timeline', { channel: 'CALERTS', threadTs: card.ts });
  const picture = await until('the timeline as a picture', () => stage.slack.uploads()[0]);
  expect(picture.includes('PNG')).toBe(true);
  expect(stage.slack.messages().flatMap((each) => each.pings)).toEqual([]);
});
