import type { Ancestor, AttachedClient, Process } from '../../process.ts';

/** `tmux: server` → tmux, `SCREEN` → screen. */
export const multiplexerName = ({ comm }: Ancestor): string =>
  (/^\w+/.exec(comm)?.[0] ?? comm).toLowerCase();

/**
 * The one person who used the multiplexer then: the only client, or several of one person from one
 * place. Null when nobody was attached, somebody else was, or it is not known.
 */
export function onlyClient(process: Process, owner: string | null): AttachedClient | null {
  const [first, ...others] = process.attached ?? [];
  if (!first || (owner !== null && first.user !== owner)) return null;
  const isSame = others.every(
    ({ user, remote }) => user === first.user && (remote ?? null) === (first.remote ?? null),
  );
  if (!isSame) return null;
  return others.length === 0 ? first : { ...first, tty: null, auditSession: null, startUs: null };
}

/** The process as if it were below that client: in the session of who typed. */
export function asClient(process: Process, client: AttachedClient): Process {
  const { pid, startUs, auditSession, tty, remote, remotePort, user } = client;
  return {
    ...process,
    auditSession: auditSession ?? null,
    auditUser: user ?? process.auditUser ?? null,
    tty: tty ?? null,
    remote: remote ?? null,
    remotePort: remotePort ?? null,
    ancestry: [{ pid, comm: 'client', startUs: startUs ?? null }],
  };
}

/** What is to be said of who was attached, where it is not one person in one place. */
export function attachedInWords(process: Process): string | null {
  const clients = process.attached;
  if (!clients) return 'who was attached to it is not recorded';
  if (clients.length === 0) return 'nobody was attached to it then';
  if (onlyClient(process, process.auditUser ?? null)) return null;
  const people = clients.map(({ user, remote, tty }) => {
    const place = remote ?? tty;
    return `${user ?? 'somebody'}${place ? ` (${place})` : ''}`;
  });
  return `attached to it then: ${[...new Set(people)].join(', ')}`;
}
