import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

const checkEveryMs = 2000;
const lookUpTimeoutMs = 2000;
const forgetUnknownMs = 300_000;
const maxLookUps = 4;
const maxRemembered = 4096;

/** Fields of passwd(5) that we need; a line that is none is passed over. */
export function parsePasswd(text: string): Map<number, string> {
  const names = new Map<number, string>();
  for (const line of text.split('\n')) {
    const [name, , uid] = line.split(':');
    if (name && uid && /^\d+$/.test(uid) && !names.has(Number(uid))) names.set(Number(uid), name);
  }
  return names;
}

/**
 * Names of users. A uid that /etc/passwd does not have is looked up with getent(1) (LDAP, sssd) in
 * the background: the name is there from the next time on.
 */
export function userNames(passwdPath = '/etc/passwd', checkAfterMs = checkEveryMs) {
  let names = new Map<number, string>();
  let version = '';
  let checkedMs = Number.NEGATIVE_INFINITY;
  const asked = new Map<number, { name: string | null; atMs: number }>();
  let lookUps = 0;

  return (uid: number): string | null => {
    refresh();
    return names.get(uid) ?? remembered(uid);
  };

  function refresh(): void {
    const nowMs = performance.now();
    if (nowMs - checkedMs < checkAfterMs) return;
    checkedMs = nowMs;
    try {
      const { mtimeMs, ino, size } = statSync(passwdPath);
      const found = `${mtimeMs} ${ino} ${size}`;
      if (found === version) return;
      names = parsePasswd(readFileSync(passwdPath, 'utf8'));
      version = found;
    } catch {
      // Being replaced at this moment, or a system without it: the names known so far stay.
    }
  }

  function remembered(uid: number): string | null {
    const answer = asked.get(uid);
    if (answer && (answer.name !== null || performance.now() - answer.atMs < forgetUnknownMs))
      return answer.name;
    if (lookUps < maxLookUps && asked.size < maxRemembered) lookUp(uid);
    return null;
  }

  function lookUp(uid: number): void {
    lookUps += 1;
    asked.set(uid, { name: null, atMs: performance.now() });
    execFile('getent', ['passwd', String(uid)], { timeout: lookUpTimeoutMs }, (_error, stdout) => {
      lookUps -= 1;
      const name = parsePasswd(String(stdout)).get(uid) ?? null;
      asked.set(uid, { name, atMs: performance.now() });
    });
  }
}
