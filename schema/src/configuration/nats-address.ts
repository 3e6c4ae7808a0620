import { z } from 'zod';

/** The settings of every part that say how to reach NATS, beside NATS_URL. */
export const natsSettings = {
  /** File of a user's JWT and seed, as `coroner enroll` and nsc write it. */
  NATS_CREDS: z.string().optional(),
  /** PEM file of the authority that signed the server's certificate; alone it already asks for TLS. */
  NATS_CA: z.string().optional(),
  /** PEM files of our own certificate and its key, where the server asks for one. */
  NATS_CERT: z.string().optional(),
  NATS_KEY: z.string().optional(),
} as const;

export interface NatsFiles {
  readonly credentials?: string | undefined;
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}

/** Throws when of certificate and key one is missing. */
export function natsFiles(
  settings: {
    readonly [Name in keyof typeof natsSettings]?: string | undefined;
  },
): NatsFiles {
  const { NATS_CREDS: credentials, NATS_CA: ca, NATS_CERT: cert, NATS_KEY: key } = settings;
  if ((cert === undefined) !== (key === undefined))
    throw new Error(`${cert === undefined ? 'NATS_CERT' : 'NATS_KEY'}: the other is set, this not`);
  return { credentials, ca, cert, key };
}

/** What nats.js wants to connect; it does not read credentials out of a URL itself. */
export interface NatsAddress {
  readonly servers: string[];
  readonly user?: string;
  readonly pass?: string;
  readonly token?: string;
  /** Set: a server without TLS is refused. */
  readonly tls?: {
    readonly caFile?: string;
    readonly certFile?: string;
    readonly keyFile?: string;
  };
}

/**
 * `nats://user:password@host:port`, several separated by commas (credentials of the first that has
 * them), `nats://token@host`, `tls://host`. Throws an error that does not repeat the credentials.
 */
export function natsAddress(url: string, files: NatsFiles = {}): NatsAddress {
  const urls = url
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => parsed(part.includes('://') ? part : `nats://${part}`));
  if (urls.length === 0) throw new Error('NATS_URL: no server; give nats://host:port');
  const owner = urls.find(({ username }) => username !== '');
  const user = owner && decodeURIComponent(owner.username);
  const pass = owner?.password ? decodeURIComponent(owner.password) : undefined;
  const encrypted = urls.some(({ protocol }) => protocol === 'tls:') || files.ca || files.cert;
  return {
    servers: urls.map(({ hostname, port }) => `${hostname}:${port || '4222'}`),
    ...(user && pass !== undefined ? { user, pass } : user ? { token: user } : {}),
    ...(encrypted ? { tls: tlsFiles(files) } : {}),
  };
}

/** A URL as it may stand in a log. */
export const withoutCredentials = (url: string): string => url.replace(/\/\/[^@/]*@/g, '//');

function tlsFiles({ ca, cert, key }: NatsFiles) {
  return {
    ...(ca ? { caFile: ca } : {}),
    ...(cert && key ? { certFile: cert, keyFile: key } : {}),
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
