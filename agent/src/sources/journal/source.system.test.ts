import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { RawEvent } from '../../source.ts';
import { type Journald, startJournald } from '../../testing/journald.ts';
import { journalSource } from './source.ts';

let journald: Journald;
const patience = { timeout: 120_000 };
beforeAll(async () => {
  journald = await startJournald();
});
afterAll(() => journald.stop());

const accepted = (user: string) => `Accepted publickey for ${user} from 10.0.0.5 port 4711 ssh2`;

it('follows journald, goes on after its cursor, and is started again when it dies', async () => {
  const { directory, folder, says } = journald;
  const events: RawEvent[] = [];
  const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  const cursorPath = join(folder, 'cursor');
  const source = journalSource({ bootId, cursorPath, hasKernelLog: true, directory });
  const users = () => events.map((event) => ('user' in event ? event.user : event.kind));
  const arrives = (...expected: string[]) =>
    vi.waitFor(() => expect(users()).toEqual(expected), patience);
  const follower = () =>
    Number(/\d+/.exec(execFileSync('pgrep', ['-f', directory]).toString())?.[0]);

  const first = await source.start((event) => events.push(event));
  says('cat', accepted('nobody'));
  says('app', 'pam_unix(app:session): session opened for user mallory(uid=1) by (uid=0)');
  says('sshd', accepted('bob'));
  await arrives('bob');
  expect(events[0]).toMatchObject({ kind: 'login', source: 'journal', from: '10.0.0.5' });

  process.kill(follower(), 'SIGKILL');
  says('sshd', accepted('carol'));
  await arrives('bob', 'carol');
  // Whoever lets people in: PAM says so as authpriv.
  const opened =
    'pam_unix(gdm-password:session): session opened for user erin(uid=1000) by (uid=0)';
  says('gdm-password]', opened, 'authpriv.info');
  await arrives('bob', 'carol', 'erin');
  await first.stop();

  says('sshd', accepted('dave'));
  const second = await source.start((event) => events.push(event));
  await arrives('bob', 'carol', 'erin', 'dave');
  expect(source.status()).toMatchObject({ state: 'available' });
  await second.stop();
});
