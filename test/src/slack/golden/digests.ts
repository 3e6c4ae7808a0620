import { digestReply } from '@coroner/bot/conversation/replies/digest-reply';
import type { SlackMessage } from '@coroner/bot/slack/render/blocks';
import { renderReply } from '@coroner/bot/slack/render/render-reply';
import type { Digest } from '@coroner/schema/http/digest';
import { fleet } from './fleet.ts';

const named = (name: string, count: number, before: number) => ({ name, count, before });

const week: Digest = {
  ...{ from: '2026-11-16T08:00:00.000Z', to: '2026-11-23T08:00:00.000Z' },
  ...{ deaths: { count: 41, before: 29 }, incidents: { count: 6, before: 6 } },
  causes: [
    { cause: 'signal-from-process', count: 36, before: 4 },
    { cause: 'oom-cgroup', count: 4, before: 4 },
    { cause: 'crash', count: 1, before: 0 },
  ],
  victims: [named('gunicorn', 24, 2), named('celery', 11, 11), named('<!channel> `x`', 1, 0)],
  hosts: [named('app-1', 20, 3), named('web-3', 4, 9)],
  users: [named('alice', 36, 0)],
  open: { count: 2, items: [...fleet.open, ...fleet.acknowledged] },
};
const quiet: Digest = {
  ...week,
  ...{ deaths: { count: 0, before: 3 }, incidents: { count: 0, before: 1 } },
  ...{ causes: [], victims: [], hosts: [], users: [], open: { count: 0, items: [] } },
};

/** What comes each day or week. */
export function digests(): Record<string, SlackMessage> {
  return {
    'digest-week': renderReply(digestReply(week), 'https://coroner.example'),
    'digest-quiet-week': renderReply(digestReply(quiet)),
  };
}
