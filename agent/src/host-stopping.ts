import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';

const patienceMs = 1_000;

/** Whether systemd is shutting the host down; null where there is no systemd, or it does not say. */
export function isHostStopping(): Promise<boolean | null> {
  if (!existsSync('/run/systemd/system')) return Promise.resolve(null);
  return new Promise((resolve) => {
    // It exits with 1 for every state but "running".
    execFile('systemctl', ['is-system-running'], { timeout: patienceMs }, (_, stdout) => {
      const state = stdout.trim();
      resolve(state === '' ? null : state === 'stopping');
    });
  });
}
