import type { HostMoment } from '@coroner/schema/http/host-moment';
import { type Fact, type Reply, reply } from '../reply.ts';
import { joined, type Words } from '../words.ts';

const shownEach = 20;

/** A host at a time: who was there, what ran, what happened around then. */
export function hostThen(moment: HostMoment): Reply {
  const { host, time, loggedIn, cronRuns, processes, around } = moment;
  const counts = [
    many(loggedIn.length, 'session', moment.cut.includes('loggedIn')),
    many(cronRuns.length, 'run of cron', moment.cut.includes('cronRuns'), 'runs of cron'),
    many(
      processes.length,
      'recorded process',
      moment.cut.includes('processes'),
      'recorded processes',
    ),
  ];
  const shown = around.slice(-shownEach);
  return reply({
    tone: 'answered',
    note: moment.watched
      ? null
      : ['No agent is known to have watched ', { code: host }, ' then: more may have run there.'],
    headline: [{ code: host }, ' at ', { at: time }, `: ${counts.join(', ')}.`],
    facts: [
      ...loggedIn.slice(0, shownEach).map(session),
      ...cronRuns.slice(0, shownEach).map(cronRun),
      ...processes.slice(0, shownEach).map(running),
    ],
    gaps: moment.gaps,
    evidence: shown.map(({ at, kind, text }) => ({ at, source: kind, text })),
    pages: [{ kind: 'hosts', id: host, title: 'Its day' }],
  });
}

function many(count: number, one: string, isCut: boolean, several = `${one}s`): string {
  const number = count === 0 ? 'no' : isCut ? `${count} or more` : String(count);
  return `${number} ${count === 1 && !isCut ? one : several}`;
}

function session({ user, tty, from, start, end }: HostMoment['loggedIn'][number]): Fact {
  const words: (Words | null)[] = [
    [{ code: user ?? 'somebody' }],
    from === null ? null : ['from ', { code: from }],
    tty === null ? null : [{ code: tty }],
    ['since ', { at: start }],
    // It may have ended unseen: a host that went down writes no logouts.
    end === null ? ['(no logout is recorded)'] : ['until ', { at: end }],
  ];
  return { label: 'Logged in', words: joined(words, ' ') };
}

function cronRun({
  at,
  user,
  command,
  job,
  running: goesOn,
}: HostMoment['cronRuns'][number]): Fact {
  const state =
    goesOn === null ? 'whether it still ran is not known' : goesOn ? 'still ran' : 'had ended';
  const words: (Words | null)[] = [
    [{ code: command }],
    user === null ? null : ['as ', { code: user }],
    job === null ? null : ['of ', { code: `${job.file}:${job.line}` }],
    ['began ', { at }, `, ${state}`],
  ];
  return { label: 'Cron', words: joined(words, ' ') };
}

function running(process: HostMoment['processes'][number]): Fact {
  const { pid, comm, cmdline, user, startedAt, seenAt, how } = process;
  const what = cmdline.length > 0 ? cmdline.join(' ') : comm;
  const words: (Words | null)[] = [
    [{ code: what }, ` (pid ${pid})`],
    user === null ? null : ['of ', { code: user }],
    [
      'since ',
      { at: startedAt },
      how === 'died-later' ? ', died ' : ', ended another ',
      { at: seenAt },
    ],
  ];
  return { label: 'Ran', words: joined(words, ' ') };
}
