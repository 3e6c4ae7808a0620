import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { executable, type PackagedPart } from './part.ts';

export interface Archives {
  readonly deb: string;
  readonly tarball: string;
}

const scripts = ['postinst', 'prerm', 'postrm'];
const maintainer = 'Coroner <coroner@localhost>';
const bytesPerKib = 1024;
const architectures: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/**
 * Packs what `layOut` made as a Debian package (deb(5)) and as a tarball to be unpacked at /.
 * The same tree gives the same bytes for the same `epoch` (seconds, SOURCE_DATE_EPOCH).
 */
export function pack(
  part: PackagedPart,
  version: string,
  root: string,
  folder: string,
  epoch: number,
): Archives {
  const name = `${part.name}_${version}_${architectureOf(part)}`;
  const tarball = join(folder, `${name}.tar.gz`);
  const owner = ['--owner=0', '--group=0', '--numeric-owner'];
  const stable = [
    '--sort=name',
    `--mtime=@${epoch}`,
    '--format=gnu',
    '--use-compress-program=gzip -n',
  ];
  execFileSync('tar', ['-C', root, ...owner, ...stable, '-cf', tarball, '.']);

  const staged = `${root}.deb`;
  cpSync(root, staged, { recursive: true });
  writeControl(part, version, staged);
  const deb = join(folder, `${name}.deb`);
  execFileSync('dpkg-deb', ['--root-owner-group', '--build', staged, deb], {
    env: { ...process.env, SOURCE_DATE_EPOCH: `${epoch}` },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return { deb, tarball };
}

function architectureOf(part: PackagedPart): string {
  if (part.architecture === 'all') return 'all';
  const known = architectures[process.arch];
  if (!known) throw new Error(`no Debian architecture is known for ${process.arch}`);
  return known;
}

/** The control files of deb-control(5), deb-conffiles(5) and deb-md5sums(5), and the scripts. */
function writeControl(part: PackagedPart, version: string, staged: string): void {
  const files = filesOf(staged);
  const sizes = files.map((file) => statSync(join(staged, file)).size);
  const kib = Math.ceil(sizes.reduce((sum, size) => sum + size, 0) / bytesPerKib);
  const control = join(staged, 'DEBIAN');
  mkdirSync(control);
  const fields = {
    Package: part.name,
    Version: version,
    Architecture: architectureOf(part),
    Maintainer: maintainer,
    'Installed-Size': `${kib}`,
    Depends: part.depends.join(', '),
    Section: 'admin',
    Priority: 'optional',
    Description: `${part.summary}\n Coroner tells why a server process died, who did it, and how sure it is.`,
  };
  const text = Object.entries(fields).map(([field, value]) => `${field}: ${value}\n`);
  writeFileSync(join(control, 'control'), text.join(''));
  const kept = part.configuration.map((path) => `/${path}\n`);
  writeFileSync(join(control, 'conffiles'), kept.join(''));
  const sums = files.filter((file) => !part.configuration.includes(file));
  writeFileSync(
    join(control, 'md5sums'),
    sums.map((file) => `${md5(join(staged, file))}  ${file}\n`).join(''),
  );
  for (const script of scripts) {
    const from = join(part.scripts, script);
    if (!existsSync(from)) continue;
    cpSync(from, join(control, script));
    chmodSync(join(control, script), executable);
  }
}

function filesOf(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return names.filter((name) => statSync(join(folder, name)).isFile());
}

const md5 = (path: string): string => createHash('md5').update(readFileSync(path)).digest('hex');
