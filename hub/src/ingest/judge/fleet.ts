import type { DeathEvent } from '@coroner/schema/event/death';
import type { Event } from '@coroner/schema/event/event';
import type { Fleet } from '@coroner/schema/verdict/origin/fleet';
import type { ClientEnd, SshClient } from '../../store/events/load-ssh-clients.ts';
import type { AddressOwner } from '../../store/hosts/host-addresses.ts';

/** A host says its addresses every 15 s; one that was just set up has not said them before. */
const earlyMs = 600_000;
const lateMs = 900_000;
/** Clocks of two hosts, and a person who looks for the password. */
const skewMs = 10_000;
const longestLoginMs = 120_000;

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

/** The other ends of the connections behind a death, on the hosts that had their address. */
export function endsBehind(
  death: DeathEvent,
  owners: readonly AddressOwner[],
  at: string,
): ClientEnd[] {
  const senders = death.signals.flatMap(({ current }) => (current ? [current] : []));
  return [death.victim, ...senders]
    .flatMap((process) => [process, ...(process.attached ?? [])])
    .flatMap(({ remote, remotePort }) => {
      const host = remote ? ownerAt(owners, remote, at) : null;
      return host !== null && typeof remotePort === 'number'
        ? [{ host, port: remotePort, at }]
        : [];
    });
}

/** The fleet as it was at a moment: an address that two hosts had then is nobody's. */
export function fleetAt(
  owners: readonly AddressOwner[],
  at: string,
  clients: readonly SshClient[] = [],
): Fleet {
  return {
    hostOf(address, port, since) {
      const name = ownerAt(owners, address, at);
      if (name === null) return null;
      const opened = clients.filter(
        (one) => one.host === name && one.port === port && isOpening(one, since),
      );
      const [client, ...others] = opened;
      if (!client || others.length > 0) return { name, user: null };
      return { name, user: client.user, tty: client.tty ?? null, from: client.from ?? null };
    },
  };
}

/** A port is used again: only a connection that was opened just before the login is its own. */
function isOpening(client: SshClient, since: string | null): boolean {
  if (client.at === null || since === null) return false;
  const beforeMs = Date.parse(since) - Date.parse(client.at);
  return beforeMs >= -skewMs && beforeMs <= longestLoginMs;
}

function ownerAt(owners: readonly AddressOwner[], address: string, at: string): string | null {
  const atMs = Date.parse(at);
  const [owner, ...others] = owners.filter(
    (one) =>
      one.address === address &&
      Date.parse(one.since) <= atMs + earlyMs &&
      Date.parse(one.seenAt) >= atMs - lateMs,
  );
  return owner && others.length === 0 ? owner.host : null;
}
