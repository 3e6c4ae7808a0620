import { expect, it } from 'vitest';
import { decodeRecord } from '../record/decode.ts';
import { layout, processFlag, signalFlag } from '../record/layout.ts';
import type { DeathRecord } from '../record/record.ts';
import { addSignal, deathBytes } from '../testing/bytes.ts';
import { execOf } from './exec.ts';

const segmentationFault = 11;
const decoded = (bytes: Buffer): DeathRecord => decodeRecord(bytes) as DeathRecord;

const [unknown, succeeded, failed] = [0, 1, 2];

/** Ended by the SIGSEGV of SI_KERNEL, with what the kernel said of its last exec. */
function faulted(exec: number, code = 128): DeathRecord {
  const bytes = deathBytes({ comm: 'app' }, 0n, segmentationFault);
  bytes.writeUInt8(exec, layout.death.exec);
  return decoded(addSignal(bytes, 0, { number: 11, code, flags: signalFlag.self }));
}

it('an exec that was begun and not finished', () => {
  expect(execOf(faulted(failed))).toEqual({ exec: 'failed' });
});

it.each([
  ['a general protection fault of a program that runs', faulted(succeeded)],
  ['any other fault', faulted(failed, 1)],
  ['nobody knows which exec was the last', faulted(unknown)],
])('%s', (_, record) => {
  expect(execOf(record)).toEqual({});
});

/** Exited; its parent has the name given. */
function exited(code: number, parent: string, flags = 0): DeathRecord {
  const bytes = deathBytes({ comm: 'dash', argv: 'dash\0', flags }, 0n, code << 8);
  const process = layout.death.process;
  bytes.writeUInt8(1, process + layout.process.ancestorCount);
  bytes.write(parent, process + layout.process.ancestors + layout.ancestor.comm);
  return decoded(bytes);
}

it.each([
  ['a fork of a shell', exited(127, 'dash'), { exec: 'never' }],
  ['not executable', exited(126, 'dash'), { exec: 'never' }],
  ['another exit status', exited(1, 'dash'), {}],
  ['a program of its own', exited(127, 'dash', processFlag.fromExec), {}],
  ['a parent of another name', exited(127, 'bash'), {}],
])('%s', (_, record, expected) => {
  expect(execOf(record)).toEqual(expected);
});
