import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { startAgent } from '../agent.ts';
import { agentConfig } from '../config.ts';
import { thisHost } from '../host.ts';
import { openLog } from '../log.ts';
import type { Commit, Emit, Source } from '../source.ts';

/**
 * A real agent whose one source makes events, for tests that kill it. Like the probe's ring it keeps
 * its position outside of the process and moves it only after the commit.
 * Arguments: number of events, file of the position, ms between 50 of them (without: as many as it can).
 */
const [count = '0', positionFile = '', paceMs] = process.argv.slice(2);
const eventsAtOnce = 50;

function readPosition(): number {
  try {
    return Number(readFileSync(positionFile, 'utf8'));
  } catch {
    // The first run.
    return 0;
  }
}

const generator: Source = {
  name: 'proc',
  status: () => ({ source: 'proc', state: 'available', why: 'generated' }),
  start: async (emit, commit) => {
    generate(emit, commit, readPosition());
    return { stop: async () => undefined };
  },
};

function generate(emit: Emit, commit: Commit | undefined, position: number): void {
  const end = Math.min(Number(count), position + eventsAtOnce);
  for (let index = position; index < end; index += 1)
    emit({
      kind: 'shell-command',
      id: `generated-${index}-on-${config.host}`,
      source: 'proc',
      at: new Date(index).toISOString(),
      command: `echo ${index}`,
    });
  commit?.();
  // In one step: a kill between the truncation and the write would leave no position.
  writeFileSync(`${positionFile}.new`, String(end));
  renameSync(`${positionFile}.new`, positionFile);
  if (end >= Number(count)) return;
  if (paceMs === undefined) setImmediate(() => generate(emit, commit, end));
  else setTimeout(() => generate(emit, commit, end), Number(paceMs));
}

const config = agentConfig();
const log = openLog(config.logLevel);
const agent = await startAgent({
  config,
  host: thisHost(config.host),
  version: 'test',
  sources: [generator],
  log,
});
log.info('ready');
process.on('SIGTERM', () => void agent.stop().then(() => process.exit(0)));
