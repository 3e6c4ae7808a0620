import { expect, it } from 'vitest';
import { endSaidToParent } from './end.ts';
import type { Received, Sender } from './known.ts';

const nobody: Sender = {
  key: null,
  isVictim: false,
  exiting: false,
  kernelThread: false,
  inInterrupt: false,
  process: null,
  ancestors: [],
};
const received = (number: number): Received => ({
  number,
  code: 0,
  group: true,
  firstUs: 1,
  lastUs: 1,
  count: 1,
  sender: nobody,
});

it.each<[string, number | null, Received[], object, boolean]>([
  ['exited', 1, [received(15)], { code: null, signal: null, byItself: true }, false],
  ['killed by the only signal', 2, [received(15)], { signal: 'SIGTERM' }, false],
  ['killed by the last of several', 2, [received(10), received(15)], { signal: 'SIGTERM' }, true],
  [
    'SIGKILL ends it whatever else came',
    2,
    [received(9), received(15)],
    { signal: 'SIGKILL' },
    false,
  ],
  [
    'dumped core: not by SIGTERM',
    3,
    [received(11), received(15)],
    { signal: 'SIGSEGV', coreDumped: true },
    true,
  ],
  ['killed by what was not recorded', 2, [], { signal: null, code: null }, false],
  ['nothing said, SIGKILL recorded', null, [received(9)], { signal: 'SIGKILL' }, false],
  [
    'nothing said, SIGTERM recorded: it may have been caught',
    null,
    [received(15)],
    { signal: null },
    false,
  ],
])('%s', (_name, code, signals, exit, concluded) => {
  const end = endSaidToParent(code, signals);
  expect(end.exit).toMatchObject(exit);
  expect(end.concluded).toBe(concluded);
});
