import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';

const program = `
  import { openLog } from '${new URL('../dist/log.js', import.meta.url)}';
  const log = openLog('info');
  log.warn('one line');
  log.info('and another');
  process.exit(0);`;

it('a process ends although whoever read its log is gone', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  child.stderr.destroy();
  try {
    expect(await new Promise((ended) => child.once('exit', (code, by) => ended(code ?? by)))).toBe(
      0,
    );
  } finally {
    child.kill('SIGKILL');
  }
});
