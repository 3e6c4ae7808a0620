import { readFileSync } from 'node:fs';
import type { Job } from './job.ts';

const minuteMs = 60_000;
/** Queue, job number and minutes since the epoch, in hexadecimal; `=` stands for a job that runs now. */
const jobName = /^[a-zA-Z=]([0-9a-f]{5})([0-9a-f]{8})$/;
const delimiter = /^marcinDELIMITER[0-9a-f]+$/;

export const isAtJob = (name: string): boolean => jobName.test(name);

/**
 * A job in the spool of at(1): a script that atd runs once, at the time in its name. Its head tells
 * whose it is, and what stands behind the `cd … || { … }` of that head is what was typed.
 */
export function atJob(path: string): Job[] {
  const minutes = jobName.exec(path.slice(path.lastIndexOf('/') + 1))?.[2];
  if (minutes === undefined) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  const uid = /^# atrun uid=(\d+)/.exec(lines[1] ?? '')?.[1];
  const user =
    /^# mail\s+(\S+)/.exec(lines[2] ?? '')?.[1] ?? (uid === undefined ? null : `uid ${uid}`);
  const head = lines.findIndex((line) => /^cd .*\|\| \{$/.test(line));
  const start = lines.indexOf('}', Math.max(head, 0)) + 1;
  const typed = lines
    .map((line, index) => ({ text: line.trim(), number: index + 1 }))
    .slice(start)
    .filter(
      ({ text }) => text !== '' && !delimiter.test(text) && !/<< '?marcinDELIMITER/.test(text),
    );
  const [first] = typed;
  if (!first) return [];
  return [
    {
      file: path,
      line: first.number,
      user,
      schedule: `at ${new Date(Number.parseInt(minutes, 16) * minuteMs).toISOString()}`,
      command: typed.map(({ text }) => text).join('\n'),
      timeZone: null,
      stdin: null,
      job: null,
      delayMinutes: null,
    },
  ];
}
