import type { ConnectionOptions } from 'nats';

/** `nats://user:password@host:port` → what the client wants; it does not read credentials from a URL. */
export function natsAddress(url: string): ConnectionOptions {
  const withScheme = url.includes('://') ? url : `nats://${url}`;
  const parsed = new URL(withScheme);
  const { username, password, host } = parsed;
  if (username && !password) return { servers: host, token: decodeURIComponent(username) };
  return {
    servers: host,
    ...(username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : {}),
  };
}

/** A URL as it may stand in a log. */
export function withoutCredentials(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//');
}
