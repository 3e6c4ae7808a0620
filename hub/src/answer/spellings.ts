/** A comm holds 15 bytes, TASK_COMM_LEN in include/linux/sched.h. */
const commLength = 15;

/** The exact names that a person may mean by `process`: a path, a unit with or without its suffix. */
export function spellings(process: string): string[] {
  const name = process.slice(process.lastIndexOf('/') + 1);
  const all = [process, name];
  all.push(name.endsWith('.service') ? name.slice(0, -'.service'.length) : `${name}.service`);
  return [...new Set(all.filter((spelling) => spelling !== ''))];
}

/** `systemd-resolved` runs under the comm `systemd-resolve`; null for names that fit. */
export function asComm(process: string): string | null {
  const name = process.slice(process.lastIndexOf('/') + 1);
  return Buffer.byteLength(name) > commLength
    ? Buffer.from(name).subarray(0, commLength).toString()
    : null;
}

/** Known names that contain what was asked for, the best kind of match alone: equal but for case, prefix, substring. */
export function looseMatches(process: string, known: readonly string[]): string[] {
  const asked = process.slice(process.lastIndexOf('/') + 1).toLowerCase();
  const kinds: ((name: string) => boolean)[] = [
    (name) => name === asked || name === `${asked}.service`,
    (name) => name.startsWith(asked),
    (name) => name.includes(asked),
  ];
  for (const kind of kinds) {
    const matches = known.filter((name) => kind(name.toLowerCase()));
    if (matches.length > 0) return matches;
  }
  return [];
}
