import { readFileSync } from 'node:fs';
import { release } from 'node:os';
import { gunzipSync } from 'node:zlib';

const option = 'CONFIG_BSD_PROCESS_ACCT';

/** Whether this kernel was built with process accounting; null when its configuration is not there. */
export function hasAccounting(): boolean | null {
  for (const path of ['/proc/config.gz', `/boot/config-${release()}`]) {
    try {
      const bytes = readFileSync(path);
      const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1');
      return new RegExp(`^${option}=y$`, 'm').test(text);
    } catch {
      // Not every distribution has both.
    }
  }
  return null;
}
