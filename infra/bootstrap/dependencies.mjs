import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';
import { projectRoot, step } from './step.mjs';

const lockFile = join(projectRoot, 'package-lock.json');
const modules = join(projectRoot, 'node_modules');
const stamp = join(modules, '.coroner-installed');

/** Installs what package-lock.json names, unless it is there. True when it had to. */
export async function installDependencies() {
  const lock = readFileSync(lockFile, 'utf8');
  const wanted = createHash('sha256').update(lock).update(process.arch).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false;
  const there = isInstalled(JSON.parse(lock));
  if (!there) await step('installing the packages of package-lock.json', npmCi);
  writeFileSync(stamp, wanted);
  return true;
}

/** Somebody ran npm by hand: npm's own record in node_modules agrees with the lock file. */
function isInstalled(lock) {
  const record = join(modules, '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  return Object.entries(lock.packages).every(
    ([path, { version, link, optional }]) =>
      !path.startsWith('node_modules/') ||
      link ||
      installed[path]?.version === version ||
      (optional && !installed[path]),
  );
}

/** Install scripts stay off: set-up does what they would do, and knows what it runs. */
function npmCi() {
  const args = ['ci', '--include=dev', '--ignore-scripts', '--prefer-offline', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  return npm?.endsWith('.js') ? run(process.execPath, [npm, ...args]) : run('npm', args);
}
