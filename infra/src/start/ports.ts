import { createServer } from 'node:net';

/** Below the range from which Linux takes ports for outgoing connections, so that a restart finds its port free. */
const lowestPort = 21_000;
const highestPort = 31_999;
const attempts = 200;

/** True when nothing listens on `port` of `address`. */
function isFree(port: number, address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: address, exclusive: true }, () => {
      server.close(() => resolve(true));
    });
  });
}

/**
 * `wanted` itself, or a free port where it is 0. Throws an Error that names `variable` when the
 * port is taken.
 */
export async function choosePort(
  wanted: number,
  address: string,
  variable: string,
): Promise<number> {
  if (wanted !== 0) {
    if (await isFree(wanted, address)) return wanted;
    throw new Error(
      `port ${wanted} on ${address} is taken by another program. ` +
        `Set ${variable} to another port, or to 0 for any free one.`,
    );
  }
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const port = lowestPort + Math.floor(Math.random() * (highestPort - lowestPort));
    if (await isFree(port, address)) return port;
  }
  throw new Error(`no free port between ${lowestPort} and ${highestPort} on ${address}`);
}
