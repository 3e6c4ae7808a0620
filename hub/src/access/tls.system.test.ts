import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type StoredApi, startStoredApi } from '../testing/stored-api.ts';
import { until } from '../testing/until.ts';
import { type Renewing, renewTls } from './renew-tls.ts';
import { readTls, type TlsFiles } from './tls.ts';

const run = promisify(execFile);
const silent = pino({ level: 'silent' });

let folder: string;
let files: TlsFiles;
let world: StoredApi;
let renewing: Renewing | null;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coroner-tls-'));
  files = await certificate('first');
  const tls = await readTls(files);
  world = await startStoredApi({ tls });
  await world.api.listen({ host: '127.0.0.1', port: 0 });
  renewing = renewTls(world.api.server, files, tls, silent, 20);
});
afterAll(async () => {
  renewing?.stop();
  await world?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A certificate for 127.0.0.1 that it signs itself. */
async function certificate(name: string): Promise<TlsFiles> {
  const cert = join(folder, `${name}.crt`);
  const key = join(folder, `${name}.key`);
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
    ...['-keyout', key, '-out', cert, '-days', '1', '-subj', `/CN=${name}`],
    ...['-addext', 'subjectAltName=IP:127.0.0.1'],
  ]);
  return { cert, key };
}

function ask(ca: Buffer | undefined): Promise<{ status?: number | undefined; hsts?: string }> {
  const { port } = world.api.server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: '/healthz', agent: false, ca }, (response) => {
      response.resume();
      const hsts = String(response.headers['strict-transport-security']);
      resolve({ status: response.statusCode, hsts });
    }).on('error', reject);
  });
}

test('is spoken to who trusts the certificate, and to nobody without TLS', async () => {
  expect(await ask(await readFile(files.cert))).toEqual({
    ...{ status: 200, hsts: expect.stringContaining('max-age') },
  });
  await expect(ask(undefined)).rejects.toThrow(/self.signed/i);
  const { port } = world.api.server.address() as AddressInfo;
  await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
});

test('goes on with a renewed certificate, without a restart', async () => {
  const next = await certificate('next');
  await copyFile(next.key, files.key);
  await copyFile(next.cert, files.cert);
  const ca = await readFile(next.cert);
  const { status } = await until(
    () => ask(ca).catch(() => ({ status: 0 })),
    (answer) => answer.status === 200,
  );
  expect(status).toBe(200);
});

test('names the file that is missing or does not fit', async () => {
  const other = await certificate('other');
  await expect(readTls({ cert: other.cert, key: files.key })).rejects.toThrow(/no pair/);
  await expect(readTls({ cert: '/nowhere.pem', key: files.key })).rejects.toThrow(
    /CORONER_TLS_CERT.*nowhere\.pem/,
  );
});
