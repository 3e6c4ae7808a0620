import { build } from './build.mjs';
import { installDebianPackages, installPeers } from './debian-packages.mjs';
import { installDependencies } from './dependencies.mjs';
import { prepareNativeBinaries } from './native-binaries.mjs';
import { checkNodeVersion } from './node-version.mjs';
import { SetUpError } from './step.mjs';

/**
 * Everything that `npm start`, `npm test` (with `--for-tests`) and `npm run bench` (with
 * `--for-bench`) need on a bare machine. Runs before any dependency exists, so it uses Node's own
 * modules alone; quick when nothing changed.
 */
const forBench = process.argv.includes('--for-bench');
const forTests = forBench || process.argv.includes('--for-tests');
const afterNpm = process.argv.includes('--after-npm');

try {
  checkNodeVersion();
  if (afterNpm) {
    await prepareNativeBinaries();
  } else {
    // Both wait for the network, so both at once.
    const installing = installDependencies();
    await Promise.all([installing, installDebianPackages(forTests, installing)]);
    if (await installing) await prepareNativeBinaries();
    if (forBench) await installPeers();
  }
  await build(forTests);
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  process.stderr.write(`set-up: ${error.message}\n`);
  process.exitCode = 1;
}
