import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { layout, layoutVersion } from './layout.ts';

const probeFolder = fileURLToPath(new URL('../../../probe', import.meta.url));

/** What the C compiler makes of records.h, with the names in camel case. */
function compiledLayout(): unknown {
  const folder = mkdtempSync(join(tmpdir(), 'coroner-layout-'));
  try {
    const program = join(folder, 'layout');
    execFileSync('gcc', ['-Wall', '-Werror', join(probeFolder, 'layout.c'), '-o', program]);
    const printed = execFileSync(program, { encoding: 'utf8' });
    return JSON.parse(printed.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

it('reads every field where the C compiler put it', () => {
  expect({ version: layoutVersion, ...layout }).toEqual(compiledLayout());
});
