import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const builder = fileURLToPath(new URL('../../../../infra/dist/package/main.js', import.meta.url));

/** The agent as its package holds it: bundled JavaScript. */
export interface BundledAgent {
  /** To be run by Node. */
  program: string;
  remove(): void;
}

export function bundledAgent(): BundledAgent {
  const folder = mkdtempSync(join(tmpdir(), 'coroner-bench-'));
  const args = [builder, '--part', 'agent', '--out', folder];
  const printed = execFileSync(process.execPath, args, { encoding: 'utf8' });
  const tarball = printed.split('\n').find((path) => path.endsWith('.tar.gz'));
  if (!tarball) throw new Error(`the package builder made no tarball:\n${printed}`);
  execFileSync('tar', ['-xzf', tarball, '-C', folder]);
  const [program] = execFileSync('find', [folder, '-path', '*/dist/coroner-agent.js'], {
    encoding: 'utf8',
  }).split('\n');
  if (!program) throw new Error(`${tarball} has no coroner-agent.js`);
  return { program, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
