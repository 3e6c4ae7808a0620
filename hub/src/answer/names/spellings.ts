/** A comm holds 15 bytes, TASK_COMM_LEN in include/linux/sched.h. */
const commBytes = 15;
const unitSuffix = '.service';

/** What is left of a path or a unit when a person says its name: `/usr/sbin/nginx`, `nginx.service` → `nginx`. */
export function plainName(process: string): string {
  const name = process.slice(process.lastIndexOf('/') + 1) || process;
  return name.endsWith(unitSuffix) && name !== unitSuffix
    ? name.slice(0, -unitSuffix.length)
    : name;
}

/** The exact names that `process` may mean: a path also by its base name, a name also as a unit. */
export function spellings(process: string): string[] {
  if (process.endsWith(unitSuffix)) return [process];
  const name = plainName(process);
  return [...new Set([process, name, `${name}${unitSuffix}`])];
}

/** `systemd-resolved` runs under the comm `systemd-resolve`; null for names that fit. */
export function asComm(process: string): string | null {
  const bytes = Buffer.from(plainName(process));
  return bytes.length > commBytes ? bytes.subarray(0, commBytes).toString() : null;
}

/** Known names that contain what was asked for, the best kind of match alone: equal but for case, prefix, substring. */
export function looseMatches(process: string, known: readonly string[]): string[] {
  const asked = plainName(process).toLowerCase();
  const kinds: ((name: string) => boolean)[] = [
    (name) => plainName(name) === asked,
    (name) => name.startsWith(asked),
    (name) => name.includes(asked),
  ];
  for (const kind of kinds) {
    const matches = known.filter((name) => kind(name.toLowerCase()));
    if (matches.length > 0) return matches;
  }
  return [];
}
