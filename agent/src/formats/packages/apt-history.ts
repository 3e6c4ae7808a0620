import type { RawEvent } from '../../source.ts';
import { withoutArchitecture } from './dpkg.ts';
import { localTime } from './local-time.ts';

const field = /^([A-Z][A-Za-z-]+): (.*)$/;
const packageFields: ReadonlySet<string> = new Set([
  'Install',
  'Reinstall',
  'Upgrade',
  'Downgrade',
  'Remove',
  'Purge',
]);
const requester = /^(.+) \((\d+)\)$/;
const mostPackages = 500;
/** `nginx:amd64 (1.22.1-9, 1.22.1-10)`; versions may hold no parenthesis. */
const packageForm = /([^\s,()]+) \([^()]*\)/g;

/** /var/log/apt/history.log: one run of apt in each paragraph, told when it is over. */
export function aptHistory(timeZone: string | undefined) {
  let fields = new Map<string, string>();
  return {
    push(line: string): RawEvent[] {
      const [, name, value] = field.exec(line) ?? [];
      const before = name === 'Start-Date' ? told() : [];
      if (name !== undefined && value !== undefined) fields.set(name, value);
      return name === 'End-Date' ? [...before, ...told()] : before;
    },
    flush: told,
  };

  function told(): RawEvent[] {
    const run = runOf(fields, timeZone);
    fields = new Map();
    return run ? [run] : [];
  }
}

function runOf(fields: ReadonlyMap<string, string>, timeZone: string | undefined): RawEvent | null {
  const startedAt = localTime(fields.get('Start-Date') ?? '', timeZone);
  if (startedAt === null) return null;
  const endedAt = localTime(fields.get('End-Date') ?? '', timeZone);
  const [, user, uid] = requester.exec(fields.get('Requested-By') ?? '') ?? [];
  const packages = [...fields]
    .filter(([name]) => packageFields.has(name))
    .flatMap(([, value]) => [...value.matchAll(packageForm)])
    .map(([, name = '']) => withoutArchitecture(name));
  return {
    kind: 'package-run',
    source: 'packages',
    at: endedAt ?? startedAt,
    manager: 'apt',
    startedAt,
    endedAt,
    command: fields.get('Commandline') ?? null,
    user: user ?? null,
    uid: uid === undefined ? null : Number(uid),
    packages: packages.slice(0, mostPackages),
    error: fields.get('Error') ?? null,
  };
}
