import type { DeathEvent } from '@coroner/schema/event/death';
import type { Event } from '@coroner/schema/event/event';
import type { Fleet } from '@coroner/schema/verdict/origin/fleet';
import type { AddressOwner } from '../../store/hosts/host-addresses.ts';

/** A host says its addresses every 15 s; one that was just set up has not said them before. */
const earlyMs = 600_000;
const lateMs = 900_000;

/** The addresses that anybody behind a death may have come from. */
export function addressesBehind(death: DeathEvent, background: readonly Event[]): string[] {
  const senders = death.signals.flatMap(({ current }) => (current ? [current] : []));
  const remotes = [death.victim, ...senders].flatMap(({ remote, attached }) => [
    remote,
    ...(attached ?? []).map((client) => client.remote),
  ]);
  const logins = background.flatMap((event) => (event.kind === 'login' ? [event.from] : []));
  return [...remotes, ...logins].filter((address) => typeof address === 'string');
}

/** The fleet as it was at a moment: an address that two hosts had then is nobody's. */
export function fleetAt(owners: readonly AddressOwner[], at: string): Fleet {
  const atMs = Date.parse(at);
  const had = ({ since, seenAt }: AddressOwner): boolean =>
    Date.parse(since) <= atMs + earlyMs && Date.parse(seenAt) >= atMs - lateMs;
  return {
    hostOf(address) {
      const [owner, ...others] = owners.filter((one) => one.address === address && had(one));
      return owner && others.length === 0 ? { name: owner.host, user: null } : null;
    },
  };
}
