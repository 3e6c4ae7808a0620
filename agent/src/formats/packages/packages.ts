import type { RawEvent } from '../../source.ts';
import { lineBatches } from '../log/line-batches.ts';
import type { Reader } from '../reader.ts';
import { aptHistory } from './apt-history.ts';
import { dpkgLine } from './dpkg.ts';
import { dnfLine, zyppLine } from './rpm.ts';

/** Takes the lines of one log of a package manager. */
export interface PackageParser {
  push(line: string): RawEvent[];
  flush(): RawEvent[];
}

const start = /^Start-Date: /;

/** Told by its lines: dpkg.log, apt's history.log, dnf.rpm.log, zypp's history. */
export function packageParser(timeZone?: string): PackageParser {
  const apt = aptHistory(timeZone);
  let isApt = false;
  return {
    push(line) {
      isApt ||= start.test(line);
      if (isApt) return apt.push(line);
      const event = dpkgLine(line, timeZone) ?? dnfLine(line) ?? zyppLine(line, timeZone);
      return event ? [event] : [];
    },
    flush: apt.flush,
  };
}

/** Format `packages`: what package managers did, and on whose behalf. */
export const readPackages: Reader = async function* (input, { timeZone }) {
  const parser = packageParser(timeZone);
  for await (const lines of lineBatches(input)) for (const line of lines) yield* parser.push(line);
  yield* parser.flush();
};
