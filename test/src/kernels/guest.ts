import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { projectRoot } from '../stack/stack.ts';

const probeFolder = join(projectRoot, 'agent/probe');
const memoryMib = 512;
const mostArchiveBytes = 64 * 1024 * 1024;
const patienceMs = 300_000;

/** An initramfs of guest.c, linked statically, and the committed probe. Needs gcc, libbpf-dev and cpio. */
export function buildInitramfs(folder: string): string {
  const source = fileURLToPath(new URL('../../src/kernels/guest.c', import.meta.url));
  const libraries = ['-lbpf', '-lelf', '-lz'];
  execFileSync('gcc', [
    ...['-O1', '-Wall', '-Werror', '-static', `-I${probeFolder}`],
    ...['-o', join(folder, 'init'), source, ...libraries],
  ]);
  copyFileSync(join(probeFolder, 'probe.bpf.o'), join(folder, 'probe.bpf.o'));
  const archive = execFileSync('cpio', ['-o', '-H', 'newc', '--quiet'], {
    cwd: folder,
    input: 'init\nprobe.bpf.o\n',
    maxBuffer: mostArchiveBytes,
  });
  const path = join(folder, 'initramfs.gz');
  writeFileSync(path, gzipSync(archive));
  return path;
}

/** Boots a kernel in qemu, emulated, until it powers itself off; what it wrote on its console. */
export async function boot(kernel: string, initramfs: string): Promise<string> {
  const machine = spawn(
    'qemu-system-x86_64',
    [
      ...['-accel', 'tcg', '-m', String(memoryMib), '-nographic', '-no-reboot'],
      ...['-kernel', kernel, '-initrd', initramfs],
      ...['-append', 'console=ttyS0 quiet panic=-1'],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], timeout: patienceMs, killSignal: 'SIGKILL' },
  );
  let text = '';
  machine.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  await new Promise((resolve, reject) => machine.once('close', resolve).once('error', reject));
  return text;
}
