import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { why } from '../stack/ask.ts';
import { type Stack, startStack } from '../stack/stack.ts';
import { type Victims, victims } from '../victims/victims.ts';

/** A host where neither the probe nor trace events may run: process accounting is what is left. */
let folder: string;
let stack: Stack;
let lab: Victims;
beforeAll(async () => {
  lab = victims();
  folder = mkdtempSync(join(tmpdir(), 'coroner-accounting-'));
  mkdirSync(join(folder, 'account'));
  const file = join(folder, 'account/pacct');
  writeFileSync(file, '');
  stack = await startStack({
    mounts: `mount --bind ${folder} /var/log`,
    environment: { CORONER_OFF: 'probe,tracefs', CORONER_WATCH: 'vic-*' },
  });
  execFileSync('accton', [file]);
});
afterAll(async () => {
  execFileSync('accton', ['off']);
  await lab?.clean();
  await stack?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const isTold = ({ verdict }: { verdict: { summary: string } }): boolean =>
  verdict.summary.includes('process accounting');

it('tells the signal and accuses nobody', async () => {
  const name = lab.name();
  const victim = lab.run(lab.program(name), ['rest']);
  await victim.up;
  await lab.send('/bin/kill', ['-9', `${victim.pid}`]);
  const answer = await why(stack, { process: name }, isTold);
  expect(answer.verdict).toMatchObject({ cause: 'unknown', confidence: 'unknown' });
  expect(answer.verdict.summary).toContain('SIGKILL');
  expect(answer.actor).toBeNull();
  expect(answer.death.pid).toBe(victim.pid);
  expect(answer.evidence).toContainEqual(
    expect.objectContaining({ source: 'pacct', kind: 'process-accounting' }),
  );
});

it('tells the exit code', async () => {
  const name = lab.name();
  const { end } = lab.run(lab.program(name), ['exit', '3', '3000']);
  expect(await end).toMatchObject({ code: 3 });
  const answer = await why(stack, { process: name }, isTold);
  expect(answer.verdict).toMatchObject({ cause: 'exit-error', confidence: 'likely' });
  expect(answer.verdict.summary).toContain('with code 3');
});
