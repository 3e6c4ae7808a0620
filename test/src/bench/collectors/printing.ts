import { type SpawnOptions, spawn } from 'node:child_process';
import { createReadStream, mkdtempSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { until } from '../../stack/until.ts';
import { type Victims, victims } from '../../victims/victims.ts';
import { type Collector, collectorCpu, type Sent } from './collector.ts';

const readyWithinMs = 30_000;
/** Fills the buffer of whoever writes by the page. */
const probeSignals = '300';

/** A program that prints a line for each signal. */
export interface Printing {
  name: string;
  command: readonly [program: string, ...args: string[]];
  /** Why it cannot run here, where that can be known before. */
  missing?(): string | null;
  /** What a line holds that records such a signal. */
  hasRecord(line: string, sent: Sent): boolean;
}

/** Runs it with its output in a file, as it would be kept. */
export function printing({ name, command, missing, hasRecord }: Printing): Collector {
  return {
    name,
    async start() {
      const why = missing?.();
      if (why) throw new Error(why);
      const folder = mkdtempSync(join(tmpdir(), 'coroner-bench-'));
      const [output, errors] = [join(folder, 'out'), join(folder, 'err')];
      const stdio: SpawnOptions['stdio'] = ['ignore', openSync(output, 'w'), openSync(errors, 'w')];
      const child = spawn('taskset', ['-c', collectorCpu, ...command], { stdio });
      const ended = new Promise<void>((resolve) => {
        child.once('error', () => resolve());
        child.once('exit', () => resolve());
      });
      const probe = victims();
      try {
        await firstRecord(probe, output, () => {
          if (child.exitCode !== null || child.pid === undefined)
            throw new Error(lastWords(readFileSync(errors, 'utf8')) || 'it ended at once');
        });
      } catch (error) {
        child.kill('SIGKILL');
        await ended;
        rmSync(folder, { recursive: true, force: true });
        throw error;
      } finally {
        await probe.clean();
      }
      return {
        pids: [child.pid as number],
        async stop(sent) {
          child.kill('SIGINT');
          await ended;
          const named = await countLines(output, sent, hasRecord);
          rmSync(folder, { recursive: true, force: true });
          return { named, unnamed: 0 };
        },
      };
    },
  };
}

async function firstRecord(probe: Victims, output: string, check: () => void): Promise<void> {
  const path = probe.program(probe.name('rdy'));
  const name = path.slice(path.lastIndexOf('/') + 1);
  await until(
    'its first record',
    async () => {
      await probe.send(path, ['barrage', probeSignals, '1']);
      check();
      return statSync(output).size > 0 && readFileSync(output, 'latin1').includes(name);
    },
    readyWithinMs,
  );
}

export async function countLines(
  path: string,
  sent: readonly Sent[],
  hasRecord: Printing['hasRecord'],
): Promise<number[]> {
  const counts = sent.map(() => 0);
  const lines = createInterface({ input: createReadStream(path, 'latin1') });
  for await (const line of lines) {
    const which = sent.findIndex((one) => line.includes(one.comm) && hasRecord(line, one));
    if (which >= 0) counts[which] = (counts[which] ?? 0) + 1;
  }
  return counts;
}

/** What a program said before it gave up, on one line. */
const lastWords = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(-2)
    .join(' ');
