import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Job } from './job.ts';

const folders = ['hourly', 'daily', 'weekly', 'monthly', 'yearly'].map(
  (name) => `/etc/cron.${name}`,
);
const anyoneExecutes = 0o111;

export const partsFolders = (root: string): string[] => folders.map((folder) => join(root, folder));

/** run-parts(8) runs only what is executable. */
export function isPart(path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  return Boolean(stat?.isFile() && stat.mode & anyoneExecutes);
}

/** A script of such a folder, with the schedule of the line that runs the folder where there is one such line. */
export function partJobs(path: string, root: string, lines: readonly Job[]): Job[] {
  const folder = path.slice(root === '/' ? 0 : root.length, path.lastIndexOf('/'));
  const running = lines.filter(({ command }) => runsFolder(command, folder));
  const [only] = running.length === 1 ? running : [];
  return [
    {
      file: path,
      line: 1,
      user: only?.user ?? 'root',
      schedule: only?.schedule ?? `run-parts ${folder}`,
      command: path,
      timeZone: only?.timeZone ?? null,
      stdin: null,
      job: only ? `${only.file} line ${only.line}` : null,
      delayMinutes: only?.delayMinutes ?? null,
    },
  ];
}

const runsFolder = (command: string, folder: string): boolean =>
  /\brun-parts\b/.test(command) && command.split(/[\s;)&|"']+/).includes(folder);
