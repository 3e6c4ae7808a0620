import type { HubClient } from '@coroner/schema/client/hub-client';
import type { Answer, OomReport } from '@coroner/schema/http/answer';
import { printable } from '@coroner/schema/verdict/words/printable';
import { type Reply, reply } from '../reply.ts';

/** "Show the report": all evidence, and for a death by want of memory who held how much. */
export async function report(_hub: HubClient, answer: Answer): Promise<Reply> {
  const { death, evidence, oom } = answer;
  const title = `${printable(death.comm)} (pid ${death.pid}) on ${death.host}`;
  const lines = evidence.map(
    ({ at, source, kind, text }) => `${at ?? 'no time'}  ${source}  ${printable(text || kind)}`,
  );
  return reply({
    tone: 'answered',
    headline: [`All ${evidence.length} pieces of evidence about `, { code: title }, ':'],
    document: {
      name: `${death.comm.replace(/[^\w.-]/g, '_')}-${death.pid}.txt`,
      title,
      text: [answer.verdict.summary, '', ...lines, ...(oom ? ['', ...tasks(oom)] : [])].join('\n'),
    },
  });
}

/** The task dump of the kernel's report, the largest first. */
function tasks(oom: OomReport): string[] {
  const sorted = [...oom.tasks].sort((a, b) => (b.rssPages ?? 0) - (a.rssPages ?? 0));
  const rows = sorted.map(({ pid, comm, rssPages, oomScoreAdj }) =>
    [pid, rssPages ?? '-', oomScoreAdj ?? '-']
      .map((cell) => String(cell).padStart(10))
      .concat(`  ${printable(comm)}`)
      .join(''),
  );
  const scope = oom.cgroup ? ` in ${oom.cgroup}` : '';
  return [
    `Tasks that the kernel listed${scope}:`,
    `${'pid'.padStart(10)}${'rss pages'.padStart(10)}${'score adj'.padStart(10)}  name`,
    ...rows,
  ];
}
