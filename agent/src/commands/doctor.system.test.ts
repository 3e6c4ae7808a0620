import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SourceStatus } from '@coroner/schema/wire/heartbeat';
import { afterEach, beforeEach, expect, it } from 'vitest';

/** The built agent: `npm run build` comes first. */
const shim = fileURLToPath(new URL('../../bin/coroner-agent.js', import.meta.url));
/** In the order in which they are asked. */
const sources = [
  ...['probe', 'tracefs', 'proc', 'kmsg', 'host', 'memory', 'crontab', 'logins', 'ssh-clients'],
  ...['journal', 'logs', 'audit', 'pacct', 'shell-history', 'backfill'],
];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'coroner-doctor-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function doctor(args: readonly string[], environment = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [shim, 'doctor', ...args], {
    encoding: 'utf8',
    env: { ...process.env, CORONER_STATE_DIR: folder, ...environment },
  });
  expect(stderr).toBe('');
  return { status, stdout };
}

it('lists every source with its state, why, and how to get it, as JSON and as a table', () => {
  const { status, stdout } = doctor(['--json']);
  const report = JSON.parse(stdout);
  expect(report.health).toBe(status);
  const told: SourceStatus[] = report.sources.map((one: unknown) => SourceStatus.parse(one));
  expect(told.map(({ source }) => source)).toEqual(sources);
  for (const { source, state, why, enable } of told) {
    expect(why, source).not.toBe('');
    if (state === 'degraded' || state === 'missing') expect(enable, source).toBeTruthy();
  }
  expect(told[0]).toMatchObject({ source: 'probe', state: 'available' });
  const table = doctor([]).stdout;
  for (const { source, state } of told)
    expect(table).toMatch(new RegExp(`^${source} +${state} `, 'm'));
  expect(table).toContain('This host can name who killed a process');
});

it('says so when nothing here can name who killed a process', () => {
  const { status, stdout } = doctor([], { CORONER_OFF: 'probe,tracefs' });
  expect(status).toBe(2);
  expect(stdout).toMatch(/^probe +off +CORONER_OFF names it\n +→ take probe out of CORONER_OFF/m);
  expect(stdout).toContain('Nothing here can name who killed a process.');
});
