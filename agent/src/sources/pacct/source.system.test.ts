import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { RawEvent } from '../../source.ts';
import { pacctSource } from './source.ts';

/** The kernel accounts for one pid namespace: the shell's, and it stops when that is gone. */
function accounted(file: string, script: string): void {
  execFileSync(
    'unshare',
    [
      ...['--pid', '--fork', '--kill-child', '--mount-proc', 'sh', '-c'],
      `accton "$0" >/dev/null && { ${script}; }; accton off >/dev/null`,
      file,
    ],
    { stdio: 'ignore' },
  );
}

/** Once it is no shell any more. */
const killed = (signal: string): string =>
  `sleep 60 & until grep -q sleep /proc/$!/comm; do :; done; kill -${signal} $!; wait $!`;

it('tells how processes ended, from the records of the kernel, also after a rotation', async () => {
  const root = mkdtempSync(join(tmpdir(), 'coroner-pacct-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, 'var/log/account'), { recursive: true });
  const file = join(root, 'var/log/account/pacct');
  writeFileSync(file, '');
  const events: RawEvent[] = [];
  const source = pacctSource({
    host: 'web-3',
    positionsPath: null,
    shortLivedMs: 60_000,
    isWatched: ({ comm }) => comm === 'false',
    root,
  });
  expect(source.status()).toMatchObject({ state: 'available' });
  const running = await source.start((event) => events.push(event));
  onTestFinished(() => running.stop());
  const arrive = (count: number) =>
    vi.waitFor(() => expect(events).toHaveLength(count), { timeout: 120_000 });

  accounted(file, `${killed('KILL')}; /bin/true; /bin/false`);
  await arrive(2);
  expect(events).toMatchObject([
    { kind: 'process-accounting', comm: 'sleep', signal: 'SIGKILL', exitCode: null },
    { comm: 'false', signal: null, exitCode: 1, uid: 0 },
  ]);
  expect(Math.abs(Date.parse(events[0]?.at ?? '') - Date.now())).toBeLessThan(600_000);

  renameSync(file, `${file}.1`);
  writeFileSync(file, '');
  accounted(file, killed('TERM'));
  await arrive(3);
  expect(events[2]).toMatchObject({ comm: 'sleep', signal: 'SIGTERM' });
});
