import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const mostSockets = 64;
const mostDescriptors = 1024;
const established = '01';

/** The other end of a connection. */
export interface Peer {
  readonly address: string;
  readonly port: number;
}

/**
 * The other end of the TCP connection that a process serves, from proc_net_tcp; null when
 * it has none, is gone, or is not ours to look into. IPv4 in IPv6 is given as IPv4.
 */
export function peerOf(pid: number): Peer | null {
  return connectionOf(pid)?.remote ?? null;
}

/** Both ends of that connection. */
export function connectionOf(pid: number): { local: Peer; remote: Peer } | null {
  const sockets = socketsOf(pid);
  if (sockets.length === 0) return null;
  const peers = new Map<string, { local: string; remote: string }>();
  for (const table of ['tcp', 'tcp6']) {
    for (const line of textOf(`/proc/${pid}/net/${table}`).split('\n').slice(1)) {
      const [, local, remote, state, , , , , , inode] = line.trim().split(/\s+/);
      if (state === established && inode && local && remote) peers.set(inode, { local, remote });
    }
  }
  // The connection was there before any that sshd forwards: it has the lowest descriptor.
  const first = sockets.find((inode) => peers.has(inode));
  const ends = first === undefined ? undefined : peers.get(first);
  const local = ends && endOf(ends.local);
  const remote = ends && endOf(ends.remote);
  return local && remote ? { local, remote } : null;
}

/** An end as proc_net_tcp writes it: address and port in hexadecimal. */
function endOf(field: string): Peer | null {
  const address = addressOf(field);
  return address === null
    ? null
    : { address, port: Number.parseInt(field.split(':')[1] ?? '', 16) };
}

/** Inodes of its sockets, by descriptor. */
function socketsOf(pid: number): string[] {
  const sockets: string[] = [];
  try {
    const descriptors = readdirSync(`/proc/${pid}/fd`)
      .map(Number)
      .sort((a, b) => a - b);
    for (const descriptor of descriptors.slice(0, mostDescriptors)) {
      const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${descriptor}`))?.[1];
      if (inode) sockets.push(inode);
      if (sockets.length >= mostSockets) break;
    }
  } catch {
    // It has ended in the meantime, or belongs to somebody else.
  }
  return sockets;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

const ipv4DigitCount = 8;
const mapped = '0000000000000000ffff0000';

/** `0100007F:1F90`: 32-bit words in the byte order of the host, which is little-endian on all we run on. */
export function addressOf(field: string): string | null {
  const [hex = ''] = field.toLowerCase().split(':');
  if (!/^(?:[0-9a-f]{8}|[0-9a-f]{32})$/.test(hex)) return null;
  const words = hex.match(/.{8}/g) ?? [];
  if (hex.length === ipv4DigitCount) return ipv4(hex);
  if (hex.startsWith(mapped)) return ipv4(words[3] ?? '');
  const groups = words.flatMap((word) => {
    const [a, b, c, d] = word.match(/../g) ?? [];
    return [`${d}${c}`, `${b}${a}`];
  });
  // The URL parser knows the canonical text form, RFC 5952.
  return new URL(`http://[${groups.join(':')}]/`).hostname.slice(1, -1);
}

function ipv4(word: string): string {
  return (word.match(/../g) ?? [])
    .reverse()
    .map((byte) => Number.parseInt(byte, 16))
    .join('.');
}
