import type { Answer } from '@coroner/schema/http/answer';
import { type CronJob, CronJobPage } from '@coroner/schema/http/cron-jobs';
import type { HubClient } from '../../hub-client/hub-client.ts';
import { type Fact, type Reply, reply } from '../reply.ts';

const mostJobs = 1000;
const shownHosts = 10;

/** "Who is next?": the next runs of the cron line behind the death, on every host that has it. */
export async function whatIsNext(hub: HubClient, { actor, death }: Answer): Promise<Reply> {
  const origin = actor?.origin;
  if (origin?.type !== 'cron' || origin.command === null)
    return reply({
      tone: 'answered',
      headline: [
        'Nobody can tell: the end of ',
        { code: death.comm },
        ' came from no job that is known to run again.',
      ],
    });
  const { items } = await hub.get('v1/cron-jobs', { limit: mostJobs }, CronJobPage);
  const same = items
    .filter((job) => job.command === origin.command && job.schedule === origin.schedule)
    .sort((a, b) => (a.nextRun ?? '~').localeCompare(b.nextRun ?? '~'));
  const code = { code: `${origin.schedule ?? ''} ${origin.command}`.trim() };
  if (same.length === 0)
    return reply({
      tone: 'answered',
      headline: ['The line ', code, ' stands in no crontab any more.'],
    });
  const hosts = new Set(same.map(({ host }) => host)).size;
  return reply({
    tone: 'answered',
    headline: ['The line ', code, hosts === 1 ? ' runs again:' : ` runs again on ${hosts} hosts:`],
    facts: same.slice(0, shownHosts).map(nextRun),
    note:
      same.length > shownHosts ? [`${same.length - shownHosts} more lines are not shown.`] : null,
  });
}

function nextRun({ host, nextRun: at, file, line }: CronJob): Fact {
  return { label: host, words: [at ? { at } : 'at no known time', ` (${file}:${line})`] };
}
