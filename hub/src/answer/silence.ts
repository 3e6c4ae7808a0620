import type { Queryable } from '../store/database.ts';
import { pastSilences } from '../store/hosts/past-silences.ts';
import { readingHosts } from '../store/hosts/reading-hosts.ts';
import { silentHosts } from '../store/hosts/silent-hosts.ts';
import { statesOf } from './fleet/hosts.ts';

/** Hosts that were not heard when the question points there, or have not told all: the death asked for may have gone unseen. */
export async function gapsOfSilence(
  on: Queryable,
  host: string | null,
  at: string | null,
): Promise<string[]> {
  const silent = await silentHosts(on, host, at);
  const states = await statesOf(
    on,
    at === null ? silent.map((one) => ({ ...one, silent: true })) : [],
  );
  const why = (name: string): string => {
    const text = states.get(name)?.text;
    return text === undefined ? '' : `: ${text}`;
  };
  const reading = await readingHosts(on, host);
  const past = at === null ? [] : await pastSilences(on, host, at);
  return [
    ...past.map(
      ({ host: name, since, until }) =>
        `the agent of ${name} was silent from ${since} to ${until}: what it did not keep meanwhile is not known`,
    ),
    ...silent.map((one) =>
      one.lastSeenAt === null
        ? `no agent has reported from ${one.host}`
        : `no heartbeat of ${one.host} since ${one.lastSeenAt}${why(one.host)}`,
    ),
    ...reading.map(
      (one) =>
        `the agent of ${one.host} still reads what the host remembers from before it: ${one.percent} % are read`,
    ),
  ];
}
