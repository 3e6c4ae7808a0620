import type { RawEvent } from '../../source.ts';
import { clock } from '../log/clock/clock.ts';
import { lineBatches } from '../log/line-batches.ts';
import type { Reader } from '../reader.ts';
import { aptHistory } from './apt-history.ts';
import { dpkgLine } from './dpkg.ts';
import { pacmanLog } from './pacman.ts';
import { restartLog } from './restarts.ts';
import { dnfLine, yumLine, zyppLine } from './rpm.ts';

const start = /^Start-Date: /;

/**
 * Told by its lines: dpkg.log, apt's history.log and term.log, unattended-upgrades.log, dnf.rpm.log,
 * yum.log (dated by `now`, as it has no years), zypp's history, pacman.log.
 */
export function packageParser(timeZone?: string, now: Date | (() => Date) = () => new Date()) {
  const apt = aptHistory(timeZone);
  const pacman = pacmanLog(timeZone);
  const restarts = restartLog(timeZone);
  const time = clock(now, timeZone);
  let isApt = false;

  const change = (line: string): RawEvent | null =>
    dpkgLine(line, timeZone) ?? dnfLine(line) ?? zyppLine(line, timeZone) ?? yumLine(line, time);

  return {
    push(line: string): RawEvent[] {
      isApt ||= start.test(line);
      if (isApt) return apt.push(line);
      const event = change(line);
      if (event) return [event];
      const transaction = pacman(line);
      return transaction.length > 0 ? transaction : restarts.push(line);
    },
    flush: (): RawEvent[] => [...apt.flush(), ...restarts.flush()],
  };
}

/** Format `packages`: what package managers did, and on whose behalf. */
export const readPackages: Reader = async function* (input, { timeZone, now }) {
  const parser = packageParser(timeZone, now);
  for await (const lines of lineBatches(input)) for (const line of lines) yield* parser.push(line);
  yield* parser.flush();
};
