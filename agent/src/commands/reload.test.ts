import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { agentConfig } from '../config.ts';
import { reload } from './reload.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'coroner-reload-'));
  path = join(folder, 'agent.conf');
  vi.stubEnv('CORONER_CONFIG', path);
  writeFileSync(path, 'NATS_URL=nats://n1\n');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function reloaded(text: string) {
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => lines.push(line) });
  const running = agentConfig();
  writeFileSync(path, text);
  const reconnected: string[] = [];
  reload(running, { reconnect: ({ natsUrl }) => reconnected.push(natsUrl) }, log);
  return { reconnected, level: log.level, said: lines.join('') };
}

it('connects to what the file says now, and names what waits for a restart', () => {
  const { reconnected, level, said } = reloaded(
    'NATS_URL=nats://n2\nCORONER_LOG_LEVEL=info\nCORONER_WATCH=nginx\n',
  );
  expect(reconnected).toEqual(['nats://n2']);
  expect(level).toBe('info');
  expect(said).toContain('"waiting":["watch"]');
});

it.each(['NATS_URL=http://n2', 'NATS_CREDS=/nowhere', 'CORONER_WACH=x'])(
  'changes nothing when the file says %s',
  (text) => {
    const { reconnected, said } = reloaded(text);
    expect(reconnected).toEqual([]);
    expect(said).toContain('not reloaded');
  },
);
