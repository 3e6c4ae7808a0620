import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killed } from '@coroner/hub/dist/testing/deaths.js';
import { type HubProcess, startHubProcess } from '@coroner/hub/dist/testing/hub-process.js';
import { startWorld, type World } from '@coroner/hub/dist/testing/world.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../stack/until.ts';

let folder: string;
let file: string;
let world: World;
let hub: HubProcess;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'coroner-hub-conf-'));
  file = join(folder, 'hub.conf');
  writeFileSync(file, 'CORONER_KEEP_EVENTS_DAYS=90\n');
  world = await startWorld();
  hub = await startHubProcess(world.nats.url, world.databaseUrl, { CORONER_CONFIG: file });
});
afterAll(async () => {
  await hub?.end('SIGTERM');
  await world?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** After a reload it connects to NATS anew. */
const isReady = async () => (await fetch(new URL('/readyz', hub.address))).status === 200;

/** SIGHUP with this in the file; what the hub says to it. */
async function reloaded(text: string): Promise<string> {
  writeFileSync(file, text);
  const before = hub.log().length;
  process.kill(hub.pid, 'SIGHUP');
  await until('the hub says what it did', () => /reloaded/.test(hub.log().slice(before)));
  return hub.log().slice(before);
}

it('a hub that is told to reload again and again loses nothing of what comes meanwhile', async () => {
  const count = 40;
  for (let pid = 1; pid <= count; pid += 1) {
    await world.agent.publish('web-3', [killed({ pid })]);
    if (pid % 8 === 0)
      expect(await reloaded(`CORONER_KEEP_EVENTS_DAYS=${90 + pid}\n`)).toContain(
        '"waiting":[],"msg":"reloaded"',
      );
  }
  const stored = () => world.count('select count(*)::integer from deaths');
  await until('all deaths are stored', async () => (await stored()) === count);
  await until('it is ready', isReady);
});

it('names what waits for a restart, and counts what does not', async () => {
  const said = await reloaded('CORONER_KEEP_EVENTS_DAYS=30\nCORONER_RATE_LIMIT=7\n');
  expect(said).toContain('"waiting":["rateLimit"],"msg":"reloaded; some need a restart"');
  await reloaded('CORONER_LOG_LEVEL=error\nCORONER_LOG_LEVEL=warn\n');
  expect(await reloaded('CORONER_KEEP_EVENTS_DAYS=30\n')).toContain('"msg":"reloaded"');
});

it.each([
  [
    'CORONER_KEEP_EVENT_DAYS=1',
    'unknown key CORONER_KEEP_EVENT_DAYS; is CORONER_KEEP_EVENTS_DAYS meant?',
  ],
  ['NATS_CREDS=/nowhere/hub.creds', "no such file or directory, access '/nowhere/hub.creds'"],
  [
    'CORONER_TLS_CERT=/nowhere.pem\nCORONER_TLS_KEY=/nowhere.pem',
    'CORONER_TLS_CERT cannot be read',
  ],
])('refuses a file that says %s, and goes on as before', async (text, why) => {
  const said = await reloaded(`${text}\n`);
  expect(said).toContain('not reloaded, all stays as it is');
  expect(said).toContain(why);
  await until('it is ready', isReady);
});
