import type { HubClient } from '@coroner/schema/client/hub-client';
import type { CronJob } from '@coroner/schema/http/cron-jobs';
import { isDue } from '@coroner/schema/schedule/is-due';
import { type Fact, type Reply, reply } from '../reply.ts';
import type { Words } from '../words.ts';
import { spanAround } from './around-then.ts';
import type { Moment } from './moment.ts';

const minuteMs = 60_000;
const beforeMs = 5 * minuteMs;
const afterMs = minuteMs;
const shownJobs = 15;

/** "What runs at that time?": cron runs that were logged around the death, and lines that were due. */
export async function jobsThen(hub: HubClient, { host, at: then, gaps }: Moment): Promise<Reply> {
  const around = { kind: 'cron-run', limit: shownJobs, ...spanAround(then, beforeMs, afterMs) };
  const [ran, known] = await Promise.all([
    hub.call('GET /v1/hosts/{host}/timeline', { path: { host }, query: around }),
    linesOf(hub, host),
  ]);
  const due = known.filter((job) => wasDue(job, Date.parse(then))).slice(0, shownJobs);
  const facts: Fact[] = [
    ...ran.items.map(({ at, text }): Fact => ({ label: 'Ran', words: [{ at }, ` ${text}`] })),
    ...due.map((job): Fact => ({ label: 'Was due', words: line(job) })),
  ];
  const when: Words = ['on ', { code: host }, ' around ', { at: then }];
  if (facts.length > 0)
    return reply({ tone: 'answered', headline: ['Jobs ', ...when, ':'], facts });
  return reply({
    tone: 'answered',
    headline: [
      'No run of a job is recorded ',
      ...when,
      `, and none of the ${known.length} known crontab lines was due then.`,
    ],
    gaps,
  });
}

async function linesOf(hub: HubClient, host: string): Promise<CronJob[]> {
  const lines: CronJob[] = [];
  for await (const line of hub.items('GET /v1/cron-jobs', { query: { host } })) lines.push(line);
  return lines;
}

function wasDue({ schedule, timeZone }: CronJob, diedMs: number): boolean {
  for (let ms = diedMs - beforeMs; ms <= diedMs; ms += minuteMs)
    if (isDue(schedule, timeZone, new Date(ms))) return true;
  return false;
}

const line = ({ schedule, command, file, line: number, user }: CronJob): Words => [
  { code: `${schedule} ${command}` },
  ` (${file}:${number}`,
  user ? `, ${user})` : ')',
];
