import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { projectRoot } from '../start/config.ts';
import { pack } from './archives.ts';
import { packagedParts } from './part.ts';
import { layOut } from './tree.ts';

type Name = keyof typeof packagedParts;
const names = Object.keys(packagedParts) as Name[];

interface Options {
  readonly out: string;
  readonly release: string;
  readonly part: Name[];
}

/** `npm run package`: a Debian package and a tarball of each part, for this machine's architecture. */
const program = new Command('npm run package --')
  .description('build the Debian packages and tarballs of agent, hub and bot')
  .option('--out <FOLDER>', 'where they go', join(projectRoot, 'infra/dist/packages'))
  .option('--release <VERSION>', 'version of the packages', ownVersion())
  .addOption(new Option('--part <NAME...>', 'only these parts').choices(names).default(names));

const { out, release, part } = program.parse().opts<Options>();
const folder = resolve(out);
const work = mkdtempSync(join(tmpdir(), 'coroner-package-'));
try {
  mkdirSync(folder, { recursive: true });
  for (const name of part) {
    const described = packagedParts[name]();
    const root = join(work, name);
    await layOut(described, release, root);
    const { deb, tarball } = pack(described, release, root, folder, epoch());
    process.stdout.write(`${deb}\n${tarball}\n`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

function ownVersion(): string {
  const text = readFileSync(join(projectRoot, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Times of the files; fixed by SOURCE_DATE_EPOCH for whoever wants the same bytes again. */
function epoch(): number {
  const given = Number(process.env['SOURCE_DATE_EPOCH']);
  return Number.isInteger(given) && given > 0 ? given : Math.floor(Date.now() / 1000);
}
