import type { SlackMessage } from '@coroner/bot/slack/render/blocks';
import { renderAlert } from '@coroner/bot/slack/render/render-alert';
import { renderReopened } from '@coroner/bot/slack/render/standing';
import type { IncidentAction } from '@coroner/schema/http/actions';
import { sampleAlert } from '../stage/sample-alert.ts';

const alice = { name: 'alice', slackUser: 'UALICE', token: 'bot' };
const hub = { name: 'Coroner', slackUser: null, token: null };
const hostile = '<!channel> *& `x`\n';

const action = (more: Partial<IncidentAction>): IncidentAction => ({
  ...{ id: 'action-1', kind: 'acknowledge', status: 'acknowledged', by: alice },
  ...{ at: '2026-11-23T03:14:00.000Z', note: null, until: null, ...more },
});

const noted = action({
  ...{ kind: 'note', status: 'acknowledged', at: '2026-11-23T03:20:00.000Z' },
  note: 'the cleanup job matched too much',
});

const reopened = action({
  ...{ kind: 'reopen', status: 'open', by: hub },
  note: '1 more process died after it was resolved',
});

function card(done: IncidentAction, notes: IncidentAction[] = []): SlackMessage {
  const state = { status: done.status, action: done };
  return renderAlert(sampleAlert('incident-1', 1, { state, actions: [done, ...notes] }));
}

/** Cards in each state that people lead them to. */
export function standingCards(): Record<string, SlackMessage> {
  const until = '2026-11-23T07:14:00.000Z';
  return {
    'card-open': renderAlert(
      sampleAlert('incident-1', 1, { state: { status: 'open', action: null }, actions: [] }),
    ),
    'card-acknowledged': card(action({}), [noted]),
    'card-snoozed': card(action({ kind: 'snooze', status: 'snoozed', until })),
    'card-expected': card(
      action({ kind: 'expect', status: 'expected', until, note: 'release 42' }),
    ),
    'card-resolved': card(
      action({ kind: 'resolve', status: 'resolved', by: { ...alice, slackUser: null } }),
    ),
    'card-reopened': card(reopened),
    'thread-open-again': renderReopened(
      sampleAlert('incident-1', 2, { state: { status: 'open', action: reopened }, actions: [] }),
    ),
    'card-strangers': card(
      action({ by: { name: hostile, slackUser: '<!here>', token: 'x' }, note: hostile }),
      [action({ kind: 'note', by: { ...alice, name: hostile, slackUser: null }, note: hostile })],
    ),
  };
}
