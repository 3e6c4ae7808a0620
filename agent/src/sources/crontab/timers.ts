import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Job } from './job.ts';

/** systemd.unit(5): a unit of an earlier folder hides one of the same name in a later one. */
export const unitFolders = [
  '/etc/systemd/system',
  '/run/systemd/system',
  '/usr/local/lib/systemd/system',
  '/usr/lib/systemd/system',
  '/lib/systemd/system',
];
const schedules = /^On(?:Calendar|Active|Boot|Startup|UnitActive|UnitInactive)(?:Sec)?$/;
const minuteS = 60;

/** Timers that something wants to be started, where systemd runs: an enabled one has a link in a `.wants`. */
export function timerFiles(root: string): string[] {
  if (!existsSync(join(root, '/run/systemd/system'))) return [];
  const wanted = new Set(unitFolders.flatMap((folder) => wantedTimers(join(root, folder))));
  return [...wanted].sort().flatMap((name) => unitFile(root, name) ?? []);
}

function wantedTimers(folder: string): string[] {
  return namesIn(folder)
    .filter((name) => name.endsWith('.wants'))
    .flatMap((name) => namesIn(join(folder, name)))
    .filter((name) => name.endsWith('.timer'));
}

/** The file of a unit; null when there is none, or it is masked. */
function unitFile(root: string, name: string): string | null {
  const path = unitFolders.map((folder) => join(root, folder, name)).find((one) => existsSync(one));
  return path === undefined || realpathSync(path) === '/dev/null' ? null : path;
}

/** When a timer elapses, a job for each of its lines, with what its service runs; systemd.timer(5). */
export function timerJobs(path: string, root: string, timeZone: string): Job[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const settings = settingsOf(path, root);
  const unit = settingOf(settings, 'Unit') ?? name.replace(/\.timer$/, '.service');
  const servicePath =
    unitFile(root, unit) ?? unitFile(root, unit.replace(/@.*(?=\.service$)/, '@'));
  const service = servicePath === null ? [] : settingsOf(servicePath, root);
  const delayS = secondsOf(settingOf(settings, 'RandomizedDelaySec') ?? '');
  return settings
    .filter(({ key, value }) => schedules.test(key) && value !== '')
    .map(({ key, value, line }) => ({
      file: path,
      line,
      user: settingOf(service, 'User') ?? 'root',
      schedule: `${key}=${value}`,
      command: settingOf(service, 'ExecStart') ?? unit,
      timeZone,
      stdin: null,
      job: unit,
      delayMinutes: delayS === null ? null : Math.ceil(delayS / minuteS),
    }));
}

interface Setting {
  readonly key: string;
  readonly value: string;
  readonly line: number;
}

/** Of the unit file; what a drop-in of any folder sets counts as if it stood at its end. */
function settingsOf(path: string, root: string): Setting[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dropIns = unitFolders.flatMap((folder) => {
    const beside = join(root, folder, `${name}.d`);
    return namesIn(beside)
      .filter((one) => one.endsWith('.conf'))
      .map((one) => join(beside, one));
  });
  const files = [path, ...dropIns];
  const settings: Setting[] = [];
  for (const file of files)
    for (const [index, text] of readFileSync(file, 'utf8').split('\n').entries()) {
      const match = /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(text);
      const [, key = '', value = ''] = match ?? [];
      // An empty assignment takes back what stood before it.
      if (match && value === '')
        settings.splice(0, settings.length, ...settings.filter((one) => one.key !== key));
      else if (match) settings.push({ key, value, line: file === path ? index + 1 : 1 });
    }
  return settings;
}

const settingOf = (settings: readonly Setting[], key: string): string | null =>
  settings.find((one) => one.key === key)?.value ?? null;

const unitSeconds: Readonly<Record<string, number>> = {
  s: 1,
  sec: 1,
  m: 60,
  min: 60,
  h: 3600,
  hr: 3600,
  d: 86_400,
};

/** `1h 30min`, `90`; null for nothing and for what is not understood. */
function secondsOf(span: string): number | null {
  const parts = [...span.matchAll(/(\d+)\s*([a-z]*)/g)];
  const seconds = parts.reduce(
    (sum, [, count, unit]) => sum + Number(count) * (unitSeconds[unit || 's'] ?? 0),
    0,
  );
  return parts.length > 0 && Number.isSafeInteger(seconds) ? seconds : null;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // This distribution has no such folder.
    return [];
  }
}
