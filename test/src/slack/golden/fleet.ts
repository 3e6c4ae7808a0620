import type { Glance } from '@coroner/bot/slack/home/glance';
import type { Inputs, JsonName } from '@coroner/schema/client/calls';
import type { HubClient } from '@coroner/schema/client/hub-client';
import type { Answer } from '@coroner/schema/http/answer';
import type { DeathRow, HostRow } from '@coroner/schema/http/pages';
import { sampleAnswer } from '../stage/sample-answer.ts';

const rowOf = ({ death, verdict, related }: Answer): DeathRow => ({
  ...death,
  ...{ cause: verdict.cause, confidence: verdict.confidence, summary: verdict.summary },
  incidentId: related.incidentId,
});

const killed = sampleAnswer({
  answer: {
    actor: {
      ...{
        pid: 999,
        comm: 'find',
        cmdline: ['find', '/var/run'],
        uid: 0,
        user: 'root',
        ancestry: [],
      },
      origin: {
        ...{ type: 'cron', file: '/etc/cron.d/cleanup', line: 3, schedule: '0 3 * * *' },
        ...{ command: '/opt/cleanup.sh', user: 'root', nextRun: '2026-11-24T03:00:00.000Z' },
      },
    },
    related: {
      ...{ incidentId: 'incident-1', sameActor: 2, hosts: ['web-4'] },
      nextRuns: [
        { host: 'web-3', file: '/etc/cron.d/cleanup', line: 3, at: '2026-11-24T03:00:00.000Z' },
        { host: 'web-4', file: '/etc/cron.d/cleanup', line: 3, at: '2026-11-24T03:00:00.000Z' },
      ],
    },
  },
});
const crash = sampleAnswer({
  death: {
    id: 'c',
    comm: 'host',
    pid: 0,
    exe: null,
    cmdline: [],
    uid: null,
    user: null,
    startedAt: null,
    signal: null,
    peakRssBytes: null,
    unit: null,
    cgroup: null,
  },
  verdict: {
    ...{ cause: 'host-crash', confidence: 'likely', ruledOut: [] },
    summary: 'The host web-3 went down between 03:11:50 and 03:12:07 without a shutdown.',
    advice: [
      'Look at the console of `web-3`, and set up kdump or pstore to learn more the next time.',
    ],
  },
  answer: {
    actor: null,
    evidence: [],
    gaps: [],
    related: { incidentId: null, sameActor: 0, hosts: [] },
  },
});
const earlier = sampleAnswer({ death: { id: 'e', pid: 877, diedAt: '2026-11-19T02:00:13.000Z' } });

const host = (name: string, facts: Partial<HostRow> = {}): HostRow => ({
  ...{ host: name, bootId: 'boot-1', kernel: '6.18.0', os: 'Debian GNU/Linux 12', agent: '0.1.0' },
  ...{ lastSeenAt: '2026-11-23T08:59:55.000Z', silent: false, sources: [], ...facts },
});
const boot = { at: '2026-11-23T03:13:40.000Z', how: 'crashed' as const };
const web3 = host('web-3', {
  state: {
    ...{ state: 'up', since: boot.at, evidence: [] },
    text: 'web-3 crashed, and booted at 2026-11-23 03:13:40 UTC',
    lastBoot: { ...boot, text: 'web-3 crashed, and booted at 2026-11-23 03:13:40 UTC' },
  },
});

const session = {
  ...{ id: 's', host: 'web-3', user: 'alice', tty: 'pts/2', from: '10.0.0.5', service: 'sshd' },
  ...{ method: 'publickey', sessionId: '7', pid: 880, start: '2026-11-23T03:02:00.000Z' },
  ...{ end: null, open: true, endedBy: null, eventIds: [] },
};

/** Answers as the hub does on a quiet day, without one: what is asked for is known in advance. */
const answers: { [Name in JsonName]?: (input: Inputs<Name>[0]) => unknown } = {
  'GET /v1/deaths/{id}': (input) => (input?.path.id === 'c' ? crash : killed),
  'GET /v1/deaths': (input) => listed(deathsNamed(input?.query?.process).map(rowOf)),
  'GET /v1/hosts': () => listed([web3]),
  'GET /v1/logins': () => listed([session]),
};
const listed = (items: unknown[]) => ({ items, next: null });

const deathsNamed = (process: string | undefined) => {
  if (process === 'host') return [crash];
  return process === undefined ? [crash, killed, earlier] : [killed, earlier];
};

const answerTo = async (name: JsonName, input: never) => answers[name]?.(input) ?? listed([]);

export const quietHub = {
  call: answerTo,
  callRaw: async (name: JsonName, input: never) => ({ answer: await answerTo(name, input) }),
  items: async function* () {},
} as unknown as HubClient;

/** What the Home tab shows. */
export const fleet: Glance = {
  ...{ hosts: 212, more: false, silent: [host('db-9', { silent: true })], withoutAgent: ['old-1'] },
  day: {
    ...{
      since: '2026-11-22T09:00:00.000Z',
      until: '2026-11-23T09:00:00.000Z',
      bucket: 'hour',
      total: 41,
    },
    causes: [
      { cause: 'signal-from-process', count: 36 },
      { cause: 'oom-cgroup', count: 4 },
      { cause: 'crash', count: 1 },
    ],
    ...{ victims: [], hosts: [], users: [], buckets: [] },
  },
  madeAt: '2026-11-23T09:00:00.000Z',
  moreOpen: false,
  open: [
    {
      ...{
        id: 'i',
        title: '36 processes on 4 hosts were killed with SIGKILL by `pkill -9 -f python`',
      },
      ...{
        cause: 'signal-from-process',
        deaths: 36,
        hosts: ['app-1', 'app-2'],
        revision: 3,
        deathId: 'a',
      },
      ...{ firstAt: '2026-11-23T03:12:07.000Z', lastAt: '2026-11-23T03:12:27.000Z' },
    },
  ],
  acknowledged: [
    {
      state: {
        status: 'acknowledged',
        action: {
          ...{ id: 'a', kind: 'acknowledge', status: 'acknowledged', note: 'adding swap' },
          ...{ at: '2026-11-23T01:10:00.000Z', until: null },
          by: { name: 'alice', slackUser: 'UALICE', token: 'bot' },
        },
      },
      ...{ id: 'j', title: 'java (pid 771) on web-3 ran out of memory' },
      ...{ cause: 'oom-cgroup', deaths: 1, hosts: ['web-3'], revision: 1, deathId: 'b' },
      ...{ firstAt: '2026-11-23T01:00:00.000Z', lastAt: '2026-11-23T01:00:00.000Z' },
    },
  ],
};
