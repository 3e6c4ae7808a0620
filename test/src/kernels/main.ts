import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { boot, buildInitramfs } from './guest.ts';
import { guestLines, problemsOf } from './judge.ts';
import { kernelPackage, unpackKernel } from './packages.ts';

/**
 * `npm run test:kernels`: the probe on other kernels than this host's. Downloads Debian's cloud
 * kernels of two series and boots each in qemu without acceleration; `-- --install` installs qemu.
 */
const series = ['6.1', '6.12'] as const;

if (!existsSync('/usr/bin/qemu-system-x86_64')) {
  if (!process.argv.includes('--install'))
    throw new Error('qemu-system-x86_64 is not installed: npm run test:kernels -- --install');
  const packages = ['qemu-system-x86', 'cpio'];
  execFileSync('apt-get', ['install', '-y', '--no-install-recommends', ...packages], {
    stdio: 'inherit',
  });
}

const folder = mkdtempSync(join(tmpdir(), 'coroner-kernels-'));
try {
  const initramfs = buildInitramfs(folder);
  for (const wanted of series) await tryKernel(wanted, initramfs);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function tryKernel(wanted: string, initramfs: string): Promise<void> {
  const name = kernelPackage(wanted);
  if (name === null) return fail(`no cloud kernel of the series ${wanted} is known to apt`);
  const place = join(folder, wanted);
  mkdirSync(place);
  const image = unpackKernel(name, place);
  const began = performance.now();
  const console = await boot(image, initramfs);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const said = guestLines(console).find(({ word }) => word === 'kernel')?.fields ?? {};
  const problems = problemsOf(console);
  if (problems.length > 0) return fail(`${name}: ${problems.join('; ')}\n${console}`);
  process.stdout.write(
    `✓ ${said['release']}: loaded, attached, sender and exit status right; up after ${said['up']} s, ${seconds} s in all\n`,
  );
}

function fail(text: string): void {
  process.stdout.write(`✗ ${text}\n`);
  process.exitCode = 1;
}
