import { pino } from 'pino';
import { type Hub, startHub } from '../main.ts';

export const testToken = 'token-of-the-tests';

/** A hub in this process. */
export function startTestHub(natsUrl: string, databaseUrl: string): Promise<Hub> {
  return startHub(
    {
      natsUrl,
      natsFiles: {},
      natsReplicas: null,
      databaseUrl,
      apiToken: testToken,
      apiPort: 0,
      listen: '127.0.0.1',
      corsOrigins: [],
      rateLimit: 0,
      keep: { events: 0, deaths: 0, quarantine: 0, access: 0, deliveries: 0 },
      webhooks: { key: null, networks: [] },
      tls: null,
      logLevel: 'warn',
      instance: 'test',
    },
    pino({ level: process.env['CORONER_LOG_LEVEL'] ?? 'silent' }, pino.destination(2)),
  );
}

/** With the token, GET unless told, `sent` as JSON; the status and the parsed body. */
export async function ask<Body>(
  address: string,
  path: string,
  method = 'GET',
  sent?: object,
): Promise<{ status: number; body: Body }> {
  const response = await fetch(new URL(path, address), {
    method,
    headers: {
      authorization: `Bearer ${testToken}`,
      ...(sent && { 'content-type': 'application/json' }),
    },
    ...(sent && { body: JSON.stringify(sent) }),
  });
  return { status: response.status, body: (await response.json()) as Body };
}
