import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchStack, preparedState } from './stack.ts';
import { until } from './until.ts';

/** For all tests of a run, before the first: a state directory whose database is made, and empty. */
export async function setup(): Promise<() => void> {
  const stateDir = mkdtempSync(join(tmpdir(), 'coroner-prepared-'));
  const stack = launchStack({ stateDir });
  let over = false;
  void stack.ended.then(() => {
    over = true;
  });
  await until('the database is made', () => over || stack.output().includes('postgres is ready'));
  await stack.stop();
  if (!stack.output().includes('postgres is ready')) throw new Error(stack.output());
  process.env[preparedState] = stateDir;
  return () => rmSync(stateDir, { recursive: true, force: true });
}
