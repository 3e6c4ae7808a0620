import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const options = { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;

/** Debian's newest cloud kernel of a series such as `6.1`, or null when apt knows none. */
export function kernelPackage(series: string): string | null {
  const prefix = `linux-image-${series}.`;
  const names = execFileSync('apt-cache', ['pkgnames', prefix], options)
    .split('\n')
    .filter((name) => name.startsWith(prefix) && name.endsWith('-cloud-amd64'));
  return names.sort(byVersion).at(-1) ?? null;
}

/** Downloads a kernel's package into `folder` and unpacks it there; the path of its image. */
export function unpackKernel(name: string, folder: string): string {
  execFileSync('apt-get', ['download', '-q', name], { cwd: folder, stdio: 'pipe' });
  const archive = readdirSync(folder).find((file) => file.endsWith('.deb'));
  if (!archive) throw new Error(`apt-get download ${name} left no package in ${folder}`);
  execFileSync('dpkg-deb', ['-x', join(folder, archive), folder], { stdio: 'pipe' });
  const image = readdirSync(join(folder, 'boot')).find((file) => file.startsWith('vmlinuz-'));
  if (!image) throw new Error(`${name} holds no boot/vmlinuz-*`);
  return join(folder, 'boot', image);
}

const numbers = (name: string): number[] => (name.match(/\d+/g) ?? []).map(Number);

function byVersion(a: string, b: string): number {
  const [left, right] = [numbers(a), numbers(b)];
  const at = left.findIndex((value, index) => value !== right[index]);
  return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
}
