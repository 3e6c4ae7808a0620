import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Stack, startStack } from '../stack/stack.ts';
import { type Lab, openLab } from './lab.ts';
import { missInWords } from './matrix.ts';
import { compilePrograms, type Programs } from './programs.ts';
import { runVariants } from './run-variants.ts';
import { allVariants } from './variants/all.ts';

let stack: Stack;
let programs: Programs;
let lab: Lab;

beforeAll(async () => {
  const prefix = `lab${process.pid}`;
  stack = await startStack({ environment: { CORONER_WATCH: `${prefix}-*` } });
  programs = compilePrograms();
  lab = openLab(programs, prefix);
});

afterAll(async () => {
  programs?.remove();
  await stack?.stop();
});

it.each(allVariants.map((variant) => [`${variant.cause}: ${variant.name}`, variant] as const))(
  '%s',
  async (_name, variant) => {
    const [result] = await runVariants([variant], lab, stack.run(), () => {});
    expect(result && missInWords(result)).toBeNull();
  },
);
