import type { RawEvent } from '../../source.ts';
import { localTime } from './local-time.ts';

/** pacman 5.2 and later, with a zone; before without, and before 5.0 without the writer. */
const line =
  /^\[(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?)([+-]\d\d)?:?(\d\d)?\] (?:\[(\w{1,16})\] )?(.*)$/;
const change =
  /^(installed|upgraded|downgraded|reinstalled|removed) (\S{1,255}) \((\S{1,128})(?: -> (\S{1,128}))?\)$/;
const command = /^Running '(.{1,1024})'$/;
const actions: Readonly<Record<string, string>> = {
  installed: 'install',
  upgraded: 'upgrade',
  downgraded: 'downgrade',
  reinstalled: 'reinstall',
  removed: 'remove',
};
const mostPackages = 500;

/** /var/log/pacman.log: each change, and each transaction when it is over. */
export function pacmanLog(timeZone: string | undefined) {
  let asked: string | null = null;
  let begunAt: string | null = null;
  let packages: string[] = [];

  const run = (at: string, error: string | null): RawEvent => {
    const event: RawEvent = {
      ...{ kind: 'package-run', source: 'packages', at, manager: 'pacman' },
      ...{ startedAt: begunAt, endedAt: at, command: asked },
      ...{ packages: packages.slice(0, mostPackages), error },
    };
    begunAt = null;
    asked = null;
    packages = [];
    return event;
  };

  return (text: string): RawEvent[] => {
    const [, printed, hours, minutes, , said = ''] = line.exec(text) ?? [];
    const at = printed === undefined ? null : instant(printed, hours, minutes, timeZone);
    if (at === null) return [];
    const typed = command.exec(said)?.[1];
    if (typed !== undefined) asked = typed;
    if (said === 'transaction started') {
      begunAt = at;
      packages = [];
    }
    if (said === 'transaction completed' && begunAt !== null) return [run(at, null)];
    if (said.startsWith('transaction failed') || said === 'transaction interrupted')
      return begunAt === null ? [] : [run(at, said)];
    const event = changed(said, at);
    if (!event) return [];
    packages.push(event.package);
    return [event];
  };
}

function changed(said: string, at: string): Extract<RawEvent, { kind: 'package-change' }> | null {
  const [, word = '', name, first, second] = change.exec(said) ?? [];
  const action = actions[word];
  if (name === undefined || action === undefined) return null;
  const isGone = action === 'remove';
  return {
    ...{ kind: 'package-change', source: 'packages', at, manager: 'pacman', action, package: name },
    fromVersion: isGone || second !== undefined ? (first ?? null) : null,
    toVersion: isGone ? null : (second ?? first ?? null),
  };
}

function instant(
  printed: string,
  hours: string | undefined,
  minutes: string | undefined,
  timeZone: string | undefined,
): string | null {
  const time = printed.length > 16 ? printed : `${printed}:00`;
  if (hours === undefined) return localTime(time, timeZone);
  const utc = localTime(time, 'UTC');
  if (utc === null) return null;
  const offsetMinutes = Number(hours) * 60 + Math.sign(Number(`${hours}1`)) * Number(minutes ?? 0);
  return new Date(Date.parse(utc) - offsetMinutes * 60_000).toISOString();
}
