import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { projectRoot } from '../start/config.ts';
import { bundle } from './bundle.ts';
import { executable, type PackagedPart } from './part.ts';

const readable = 0o644;

/** Lays the files of a part out under `root` as they will stand on a host. */
export async function layOut(part: PackagedPart, version: string, root: string): Promise<void> {
  const home = join(root, 'usr/lib', part.name);
  await bundle({
    compiled: part.compiled,
    programs: part.programs,
    external: part.external,
    into: join(home, 'dist'),
  });
  const facts = { name: part.name, version, private: true, type: 'module' };
  writeFileSync(join(home, 'package.json'), `${JSON.stringify(facts, null, 2)}\n`);
  const documents = join(root, 'usr/share/doc', part.name);
  mkdirSync(documents, { recursive: true });
  writeFileSync(join(documents, 'copyright'), copyright());
  for (const { program, page } of part.manuals) writeManual(root, program, page);
  for (const { from, to } of part.contents) {
    mkdirSync(dirname(join(root, to)), { recursive: true });
    cpSync(from, join(root, to), { recursive: true });
  }
  setModes(root, new Map(part.contents.map(({ to, mode }) => [join(root, to), mode])));
}

/** Where man(1) looks for it, packed without a time so that the same page is the same bytes. */
function writeManual(root: string, program: string, page: string): void {
  const text = execFileSync(process.execPath, [program, 'man-page']);
  const folder = join(root, `usr/share/man/man${page.slice(-1)}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${page}.gz`), gzipSync(text, { level: 9 }));
}

/** Modes do not depend on the umask of who builds. */
function setModes(folder: string, chosen: ReadonlyMap<string, number | undefined>): void {
  chmodSync(folder, executable);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) setModes(path, chosen);
    else chmodSync(path, chosen.get(path) ?? readable);
  }
}

function copyright(): string {
  const head = 'Coroner. Apache-2.0; the kernel probe (probe.bpf.o) is GPL-2.0.\n';
  const bundled = 'Licences of bundled packages stand at the end of the files that hold them.\n\n';
  return `${head}${bundled}${readFileSync(join(projectRoot, 'LICENSE'), 'utf8')}`;
}
