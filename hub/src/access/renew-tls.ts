import type { Server } from 'node:http';
import { Server as SecureServer } from 'node:https';
import type { FastifyBaseLogger } from 'fastify';
import { readTls, type TlsFiles, type TlsPair } from './tls.ts';

const lookAgainMs = 60_000;

export interface Renewing {
  /** Whether it was renewed. */
  look(): Promise<void>;
  stop(): void;
}

/** Looks each minute whether the certificate was renewed: new connections get it. Null for plain HTTP. */
export function renewTls(
  server: Server,
  files: TlsFiles,
  first: TlsPair,
  log: FastifyBaseLogger,
  everyMs = lookAgainMs,
): Renewing | null {
  if (!(server instanceof SecureServer)) return null;
  let { cert } = first;
  const look = async (): Promise<void> => {
    try {
      const pair = await readTls(files);
      if (pair.cert.equals(cert)) return;
      server.setSecureContext(pair);
      cert = pair.cert;
      log.info('the certificate was renewed');
    } catch (error) {
      const reason = (error as Error).message;
      log.warn({ reason }, 'cannot renew the certificate, keeping the old one');
    }
  };
  const timer = setInterval(look, everyMs);
  return { look, stop: () => clearInterval(timer) };
}
