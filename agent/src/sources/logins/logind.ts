import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RawEvent } from '../../source.ts';

const usPerMs = 1000;
/** cron and systemd's own managers have sessions too; these are of people. */
const personal: ReadonlySet<string> = new Set([
  'user',
  'user-early',
  'user-light',
  'user-early-light',
]);

/** The sessions of people that systemd-logind has open, each as the login that began it. */
export function logindSessions(folder: string): RawEvent[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^[\w-]+$/.test(name))
      .flatMap((name) => logindLogin(name, textOf(join(folder, name))) ?? []);
  } catch {
    // No systemd-logind here.
    return [];
  }
}

/** A file of /run/systemd/sessions; null when it is of nobody. Its format is logind's own: `KEY=VALUE`. */
function logindLogin(id: string, text: string): RawEvent | null {
  const fields = new Map(
    [...text.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, key, value]) => [key ?? '', value ?? '']),
  );
  const user = fields.get('USER');
  const began = Number(fields.get('REALTIME'));
  if (!user || !personal.has(fields.get('CLASS') ?? 'user') || !(began > 0)) return null;
  const number = Number(fields.get('AUDIT') ?? id);
  return {
    kind: 'login',
    source: 'logind',
    at: new Date(began / usPerMs).toISOString(),
    user,
    tty: fields.get('TTY') ?? null,
    from: fields.get('REMOTE_HOST') ?? null,
    pid: Number(fields.get('LEADER')) || null,
    service: fields.get('SERVICE') ?? null,
    session: Number.isInteger(number) && number > 0 ? number : id,
  };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The session ended in between.
    return '';
  }
}
