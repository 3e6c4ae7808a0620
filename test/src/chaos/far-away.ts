import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Distance {
  /** Of one direction. */
  delayMs: number;
  /** On top of that, by chance; what was sent first still arrives first. */
  jitterMs: number;
}

export interface FarAway {
  /** The same URL, to be reached over that distance. */
  urlOf(url: string): string;
  close(): Promise<void>;
}

/** Stands between a host and a server, and hands on late what either says. */
export async function farAway(
  address: string,
  serverUrl: string,
  distance: Distance,
): Promise<FarAway> {
  const target = new URL(serverUrl);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy()).on('close', () => sockets.delete(from));
      handOn(from, to, distance);
    }
  });
  server.listen(0, address);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    urlOf(url) {
      const through = new URL(url);
      through.hostname = address;
      through.port = String(port);
      return through.href.replace(/\/$/, '');
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function handOn(from: Socket, to: Socket, { delayMs, jitterMs }: Distance): void {
  let lastAtMs = 0;
  const later = (work: () => void) => {
    lastAtMs = Math.max(lastAtMs, performance.now() + delayMs + Math.random() * jitterMs);
    setTimeout(work, lastAtMs - performance.now());
  };
  from.on('data', (bytes) => later(() => to.write(bytes)));
  from.on('end', () => later(() => to.end()));
}
