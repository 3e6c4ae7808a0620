import { expect, it } from 'vitest';
import type { Received, Sender } from '../pairing/known.ts';
import { kernelTraits, meaningOf } from './signal.ts';

const somebody: Sender = {
  key: null,
  isVictim: false,
  exiting: false,
  kernelThread: false,
  inInterrupt: false,
  process: null,
  ancestors: [],
};
const self = { ...somebody, isVictim: true };
const now = kernelTraits('6.18.0', true);
const older = kernelTraits('4.19.0-25-amd64', true);
const old = kernelTraits('4.9.0', false);

const received = (facts: Partial<Received>): Received => ({
  number: 9,
  code: 0,
  group: true,
  firstUs: 1,
  lastUs: 1,
  count: 1,
  sender: somebody,
  ...facts,
});

const none = { info: 'none', code: null };
const kernel = { info: 'kernel', code: null };
const fromProcess = { info: 'user', code: 0, doubt: 'likely' };

it.each<[string, Partial<Received>, object]>([
  ['kill(2)', {}, fromProcess],
  ['tgkill', { code: -6, group: false }, { info: 'user', code: -6 }],
  ['sigqueue', { code: -1 }, { info: 'user', code: -1 }],
  ['cgroup.kill', { group: false }, none],
  ['a parent-death signal', { sender: { ...somebody, exiting: true } }, none],
  ['a task whose end may have been lost', { sender: { ...somebody, exiting: null } }, none],
  ['an interrupt', { sender: { ...somebody, inInterrupt: true } }, none],
  ['a broken pipe', { number: 13, group: false, sender: self }, none],
  ['kill(getpid())', { sender: self }, { info: 'user', code: 0 }],
  ['a limit, an alarm, an OOM kill', { code: 128 }, kernel],
  [
    'a general protection fault',
    { number: 11, code: 128, group: false, sender: self },
    { info: 'user', code: 128 },
  ],
  ['a timer', { number: 10, code: -2 }, { info: 'user', code: -2 }],
])('%s', (_name, facts, expected) => {
  expect(meaningOf(received(facts), false, now)).toEqual(expected);
});

it('the OOM killer of kernels before 4.20 looks like a process, and is not taken for one', () => {
  expect(meaningOf(received({}), true, older)).toEqual(kernel);
  expect(meaningOf(received({}), false, older)).toEqual(fromProcess);
  expect(meaningOf(received({}), false, old)).toEqual(none);
  expect(meaningOf(received({ sender: self }), false, old)).toEqual(none);
  expect(meaningOf(received({ number: 15 }), false, old)).toEqual(fromProcess);
});

it('a later kernel marks whom a process killed, and says so of its own kills', () => {
  expect(meaningOf(received({}), true, now)).toEqual(fromProcess);
  expect(meaningOf(received({ code: 128 }), true, now)).toEqual(kernel);
});

it.each([
  ['4.20.0-rc1', true],
  ['5.4.0-150-generic', true],
  ['4.18.0-553.el8.x86_64', false],
  ['', false],
])('release %s tells the OOM killer by its signal: %s', (release, expected) => {
  expect(kernelTraits(release, true).tellsOomSignals).toBe(expected);
});
