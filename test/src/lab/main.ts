import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RunFile } from '@coroner/schema/run-file';
import { openLab } from './lab.ts';
import { confusionMatrix, missInWords } from './matrix.ts';
import { isFalseAccusation } from './result.ts';
import { runVariants } from './run-variants.ts';
import { compilePrograms } from './stage/programs.ts';
import { allVariants } from './variants/all.ts';
import { missingHere } from './variants/missing.ts';

/**
 * `npm run lab [-- WORDS]`: causes every death on this machine (or those whose cause or name holds
 * one of the words) and asks the running hub why. The agent must report every end of the victims:
 * start it with CORONER_WATCH='lab*,unit:lab*'.
 */
const wanted = process.argv.slice(2);
const variants = allVariants.filter(
  ({ cause, name }) =>
    wanted.length === 0 || wanted.some((part) => `${cause}: ${name}`.includes(part)),
);
const stateDir = process.env['CORONER_STATE_DIR'] ?? '.coroner';
const hub = RunFile.parse(JSON.parse(readFileSync(join(stateDir, 'run.json'), 'utf8')));
const programs = compilePrograms();
const lab = openLab(programs, `lab${process.pid}`);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void lab.close().finally(() => process.exit(1)));
try {
  const results = await runVariants(variants, lab, hub, (result) => {
    const miss = missInWords(result);
    console.log(miss ? `✗ ${miss}` : `✓ ${result.variant.cause}: ${result.variant.name}`);
  });
  console.log(`\n${confusionMatrix(results)}`);
  for (const [cause, why] of missingHere(allVariants))
    console.log(`○ ${cause}: not caused here: ${why}`);
  if (results.some(isFalseAccusation) || results.some((result) => missInWords(result)))
    process.exitCode = 1;
} finally {
  await lab.close();
}
