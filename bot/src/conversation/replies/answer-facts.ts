import type { Actor, Answer, Death } from '@coroner/schema/http/answer';
import { typed } from '@coroner/schema/verdict/words/command';
import { duration } from '@coroner/schema/verdict/words/duration';
import { memory } from '@coroner/schema/verdict/words/memory';
import type { Fact } from '../reply.ts';
import { joined, sentence, type Words } from '../words.ts';
import { circumstanceFacts } from './circumstance-facts.ts';
import { originWords } from './origin-words.ts';

const bytesPerKb = 1024;
const shownHosts = 8;
const shownAncestors = 6;
const shownMisses = 3;

/** Victim, actor, origin, memory and company of a death; what is not known is left out. */
export function answerFacts(answer: Answer): Fact[] {
  const { death, actor, oom, related } = answer;
  const facts: (Fact | null)[] = [
    { label: 'Victim', words: victim(death) },
    { label: 'When', words: when(death) },
    fact('But', answer.hostEnded ? [answer.hostEnded.text] : null),
    fact('Expected', answer.expected ? announced(answer.expected) : null),
    actor ? { label: 'By', words: by(actor, death) } : null,
    fact('Origin', actor && actor.pid !== death.pid ? originWords(actor.origin) : null),
    fact('Memory', oom ? oomWords(oom) : null),
    fact('Same command', company(related)),
    ...circumstanceFacts(related),
    fact('In vain', inVain(answer.nearMisses ?? [])),
  ];
  return facts.filter((each) => each !== null);
}

function fact(label: string, words: Words | null): Fact | null {
  return words && words.length > 0 ? { label, words } : null;
}

/** The hub keeps the end of a host as a death without a pid; a log may name a process without its pid. */
function named({ comm, pid, host }: Death): Words {
  if (pid > 0) return [{ code: comm }, ` (pid ${pid}) on `, { code: host }];
  if (comm === 'host') return ['the host ', { code: host }, ' itself'];
  return [{ code: comm }, ' (pid not known) on ', { code: host }];
}

function victim(death: Death): Words {
  const argv = typed(death.cmdline);
  return joined([
    named(death),
    argv && argv !== death.comm ? [{ code: argv }] : null,
    death.user ? ['user ', { code: death.user }] : death.uid === null ? null : [`uid ${death.uid}`],
    death.unit ? [{ code: death.unit }] : null,
    death.container ? ['container ', { code: death.container.slice(0, 12) }] : null,
    death.peakRssBytes
      ? [`peak memory ${memory(Math.round(death.peakRssBytes / bytesPerKb))}`]
      : null,
  ]);
}

function when(death: Death): Words {
  const lifeMs = death.startedAt ? Date.parse(death.diedAt) - Date.parse(death.startedAt) : -1;
  return joined([
    [{ at: death.diedAt }],
    lifeMs >= 0 ? [`after ${duration(lifeMs)}`] : null,
    death.signal ? [death.signal] : null,
    death.exitCode === null ? null : [`exit status ${death.exitCode}`],
    death.coreDumped ? ['core dumped'] : null,
  ]);
}

function by(actor: Actor, death: Death): Words {
  if (actor.pid === death.pid) return ['the process itself'];
  const argv = typed(actor.cmdline);
  const user = actor.user ?? (actor.uid === null ? null : `uid ${actor.uid}`);
  const login = actor.auditUser && actor.auditUser !== actor.user ? actor.auditUser : null;
  const above = actor.ancestry.slice(0, shownAncestors).map((each) => each.comm);
  return joined([
    [{ code: argv || actor.comm }, ` (pid ${actor.pid})`],
    user
      ? ['run by ', { code: user }, ...(login ? [', logged in as ', { code: login }] : [])]
      : null,
    above.length > 0 ? ['under ', { code: above.join(' < ') }] : null,
  ]);
}

function announced({ reason, author, label }: NonNullable<Answer['expected']>): Words {
  return joined([[{ code: reason }], label ? [label] : null, ['said ', { code: author }]]);
}

/** Signals to it that came to nothing, newest first: no accusation, only what else went on. */
function inVain(misses: NonNullable<Answer['nearMisses']>): Words {
  const more = misses.length - shownMisses;
  return joined([
    ...misses.slice(0, shownMisses).map(({ text }) => sentence(text)),
    more > 0 ? [`and ${more} more`] : null,
  ]);
}

function oomWords(oom: NonNullable<Answer['oom']>): Words {
  return joined([
    oom.cgroup ? ['cgroup ', { code: oom.cgroup }] : null,
    oom.usageKb === null
      ? null
      : [`used ${memory(oom.usageKb)}${oom.limitKb === null ? '' : ` of ${memory(oom.limitKb)}`}`],
    oom.anonRssKb === null ? null : [`victim held ${memory(oom.anonRssKb)}`],
    oom.invokedBy ? [{ code: oom.invokedBy }, ' asked for memory (not at fault)'] : null,
  ]);
}

function company(related: Answer['related']): Words | null {
  if (related.sameActor === 0) return null;
  const hosts = related.hosts.slice(0, shownHosts);
  const more = related.hosts.length - hosts.length;
  return [
    `ended ${related.sameActor} other ${related.sameActor === 1 ? 'process' : 'processes'}`,
    ...(hosts.length > 0 ? [' on ', { code: hosts.join(', ') }] : []),
    more > 0 ? ` and ${more} more hosts` : '',
  ];
}
