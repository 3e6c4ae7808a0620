/** What nats.js wants to connect; it does not read credentials out of a URL itself. */
export interface NatsServers {
  readonly servers: string[];
  readonly user?: string;
  readonly pass?: string;
  readonly token?: string;
  readonly tls: boolean;
}

/**
 * `nats://user:password@host:port`, several separated by commas (credentials of the first that has
 * them), `nats://token@host`, `tls://host`. Throws an error that does not repeat the credentials.
 */
export function natsServers(text: string): NatsServers {
  const urls = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => parsed(part.includes('://') ? part : `nats://${part}`));
  if (urls.length === 0) throw new Error('NATS_URL: no server; give nats://host:port');
  const owner = urls.find(({ username }) => username !== '');
  const user = owner && decodeURIComponent(owner.username);
  const pass = owner?.password ? decodeURIComponent(owner.password) : undefined;
  return {
    servers: urls.map(({ hostname, port }) => `${hostname}:${port || '4222'}`),
    tls: urls.some(({ protocol }) => protocol === 'tls:'),
    ...(user && pass !== undefined ? { user, pass } : user ? { token: user } : {}),
  };
}

function parsed(text: string): URL {
  try {
    const url = new URL(text);
    if (url.protocol === 'nats:' || url.protocol === 'tls:') return url;
  } catch {
    // The same message as for a foreign protocol: the URL itself may hold a password.
  }
  throw new Error('NATS_URL: not a URL of the form nats://user:password@host:port');
}
