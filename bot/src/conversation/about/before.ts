import type { HubClient } from '@coroner/schema/client/hub-client';
import type { Answer } from '@coroner/schema/http/answer';
import type { DeathRow } from '@coroner/schema/http/pages';
import { type Fact, type Reply, reply } from '../reply.ts';
import { joined } from '../words.ts';

const mostDeaths = 1000;
const shownDeaths = 8;

/** "Did it happen before?": earlier deaths of the same name, by cause, here and elsewhere. */
export async function happenedBefore(hub: HubClient, { death, verdict }: Answer): Promise<Reply> {
  const page = await hub.call('GET /v1/deaths', {
    query: {
      process: death.comm,
      until: death.happenedAt ?? death.diedAt,
      limit: mostDeaths,
    },
  });
  const earlier = page.items.filter(({ id }) => id !== death.id);
  const name = { code: death.comm };
  if (earlier.length === 0)
    return reply({
      tone: 'answered',
      headline: ['No earlier death of ', name, ' is recorded, on no host.'],
    });
  const alike = earlier.filter(({ cause }) => cause === verdict.cause);
  const many = page.next ? `more than ${earlier.length}` : String(earlier.length);
  const facts: Fact[] = [
    { label: 'Same cause', words: [`${alike.length} of them`] },
    { label: 'Causes', words: counted(earlier.map(({ cause }) => cause)) },
    { label: 'Hosts', words: counted(earlier.map(({ host }) => host)) },
  ];
  return reply({
    tone: 'answered',
    headline: [
      'Yes: ',
      many,
      ' earlier ',
      deathsWord(earlier),
      ' of ',
      name,
      earlier.length === 1 ? ' is' : ' are',
      ' recorded.',
    ],
    facts,
    choices: earlier.slice(0, shownDeaths),
    choicesTitle: 'The last of them',
  });
}

const deathsWord = (all: readonly DeathRow[]) => (all.length === 1 ? 'death' : 'deaths');

/** The most frequent first: `crash 7 · oom-cgroup 2`. */
function counted(values: readonly string[]) {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const sorted = [...counts].sort(([, a], [, b]) => b - a).slice(0, shownDeaths);
  return joined(sorted.map(([value, count]) => [{ code: value }, ` ${count}`]));
}
