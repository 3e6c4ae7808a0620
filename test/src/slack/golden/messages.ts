import { askAboutAlert } from '@coroner/bot/conversation/about-alert';
import { ask } from '@coroner/bot/conversation/conversation';
import { answerReply } from '@coroner/bot/conversation/replies/answer-reply';
import { notFoundReply, troubleReply } from '@coroner/bot/conversation/replies/other-replies';
import { fromAlert } from '@coroner/bot/question/alert/from-alert';
import { renderHome } from '@coroner/bot/slack/home/render-home';
import { bodiesOf, type SlackMessage } from '@coroner/bot/slack/render/blocks';
import { withMentions } from '@coroner/bot/slack/render/mentions';
import { renderAlert } from '@coroner/bot/slack/render/render-alert';
import { renderDocument } from '@coroner/bot/slack/render/render-document';
import { renderEvidence } from '@coroner/bot/slack/render/render-evidence';
import { renderReply, renderWaiting } from '@coroner/bot/slack/render/render-reply';
import { renderRoutes } from '@coroner/bot/slack/routes/render-routes';
import { HubError } from '@coroner/schema/client/hub-error';
import { sampleAlert } from '../stage/sample-alert.ts';
import { sampleAnswer } from '../stage/sample-answer.ts';
import { digests } from './digests.ts';
import { fleet, quietHub } from './fleet.ts';
import { later } from './later.ts';
import { memoryKill } from './memory-kill.ts';
import { sampleRoutes } from './routes.ts';
import { standingCards } from './standing.ts';

const asked = { now: new Date('2026-11-23T09:00:00Z'), timezone: 'UTC' };
const hostile = '<!channel> & <@UALICE> `x`\n*';

const other = (pid: number, host: string, diedAt: string) => ({
  ...{ id: String(pid), host, comm: 'nginx', diedAt, pid },
  summary: `nginx (pid ${pid}) on ${host} exited with status 1 after 3 s; systemd started it again.`,
});
const others = [
  other(5120, 'web-4', '2026-11-22T17:40:01.000Z'),
  other(877, 'web-3', '2026-11-19T02:00:13.000Z'),
];

/** The messages that people see most, by the name of the file that shows how they read. */
export async function messages(): Promise<Record<string, SlackMessage>> {
  const verdict = answerReply(sampleAnswer());
  const context = {
    question: { process: 'nginx', pid: null, host: 'web-3', when: null },
    deathId: '1',
  };
  const said = async (text: string) =>
    renderReply((await ask(quietHub, text, asked, context)).reply);
  const about = async (text: string) =>
    renderReply((await askAboutAlert(quietHub, fromAlert({ text }), '2026-11-23T03:13:00Z')).reply);
  const crowd = sampleAlert('incident-1', 36, {
    title: '36 processes on 4 hosts were killed with SIGKILL by `pkill -9 -f python`, run by alice',
    hosts: ['app-1', 'app-2', 'web-1', 'web-3'],
    victims: [
      { comm: 'gunicorn', count: 24 },
      { comm: 'celery', count: 11 },
      { comm: 'nginx', count: 1 },
    ],
  });
  const strange = sampleAlert('incident-2', 2, {
    title: `2 processes called ${hostile} were killed`,
    hosts: ['web-3'],
    victims: [{ comm: hostile, count: 2 }],
    answer: sampleAnswer({ death: { comm: hostile } }),
  });
  const report = (await ask(quietHub, 'show the report', asked, context)).reply.document;
  const missing = notFoundReply({
    ...{ type: 'urn:coroner:problem:no-such-death', title: 'No death matches the question' },
    ...{ status: 404, detail: 'no death of ngnix on web-3 is known' },
    candidates: others,
    gaps: ['the agent of web-3 was silent from 03:00 to 03:05'],
  });
  const evidence = renderEvidence(verdict);
  return {
    'verdict-kill': renderReply(verdict, 'https://coroner.example'),
    ...(evidence ? { 'evidence-kill': evidence } : {}),
    'verdict-memory': renderReply(answerReply(memoryKill())),
    'verdict-several': renderReply(answerReply(sampleAnswer({ answer: { others } }))),
    'no-such-death': renderReply(missing),
    'list-of-host': await said('what died on web-3?'),
    'host-crashed': await said('why did web-3 crash'),
    'logins-then': await said('who else was logged in?'),
    'died-before': await said('did it happen before?'),
    'next-runs': await said('who is next?'),
    'not-understood': await said('hello'),
    'hub-away': renderReply(
      troubleReply(new HubError('unreachable', 'The hub at http://hub:7380 cannot be reached.')),
    ),
    'hub-slow': renderWaiting(),
    'alert-of-host': await about('Host: web-3 is red'),
    'alert-unread': await about('please look at the dashboard'),
    'card-one': renderAlert(sampleAlert('incident-1', 1)),
    'card-many': renderAlert(crowd),
    'card-hostile': renderAlert(strange),
    'card-mentions': withMentions(renderAlert(sampleAlert('incident-1', 1)), ['UALICE', 'SONCALL']),
    routes: renderRoutes(sampleRoutes),
    'routes-none': renderRoutes([]),
    ...standingCards(),
    ...later(),
    ...digests(),
    'card-bare': bare(renderAlert(crowd)),
    ...(report ? { 'report-as-message': renderDocument(report) } : {}),
    home: { text: 'Home', blocks: renderHome(fleet).blocks, plain: '' },
  };
}

/** As a Slack shows it that refuses our other blocks. */
function bare(message: SlackMessage): SlackMessage {
  const form = bodiesOf(message)[1];
  return { ...message, blocks: form && 'blocks' in form ? form.blocks : [] };
}
