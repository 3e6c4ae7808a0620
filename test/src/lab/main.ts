import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RunFile } from '@coroner/schema/run-file';
import { openLab } from './lab.ts';
import { confusionMatrix, missInWords } from './matrix.ts';
import { compilePrograms } from './programs.ts';
import { isFalseAccusation } from './result.ts';
import { runVariants } from './run-variants.ts';
import { allVariants } from './variants/all.ts';

/**
 * `npm run lab`: causes every death on this machine and asks the running hub why. The agent must
 * report every end of the victims: start it with CORONER_WATCH='lab*'.
 */
const stateDir = process.env['CORONER_STATE_DIR'] ?? '.coroner';
const hub = RunFile.parse(JSON.parse(readFileSync(join(stateDir, 'run.json'), 'utf8')));
const programs = compilePrograms();
const lab = openLab(programs, `lab${process.pid}`);
try {
  const results = await runVariants(allVariants, lab, hub, (result) => {
    const miss = missInWords(result);
    console.log(miss ? `✗ ${miss}` : `✓ ${result.variant.cause}: ${result.variant.name}`);
  });
  console.log(`\n${confusionMatrix(results)}`);
  if (results.some(isFalseAccusation) || results.some((result) => missInWords(result)))
    process.exitCode = 1;
} finally {
  programs.remove();
}
