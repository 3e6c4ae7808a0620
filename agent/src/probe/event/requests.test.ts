import { readFileSync } from 'node:fs';
import { requestPrograms } from '@coroner/schema/request/requested';
import { expect, it } from 'vitest';
import { objectPath } from '../kernel/object.ts';
import { dueAt } from './due.ts';

it('the kernel knows the programs by the same names', () => {
  const header = readFileSync(new URL('hooks/request.h', `file://${objectPath}`), 'utf8');
  const inKernel = [...header.matchAll(/is_called\(comm, "([^"]+)"\)/g)].map(([, name]) => name);
  expect(inKernel.sort()).toEqual([...requestPrograms].sort());
});

it('shutdown at a time', () => {
  const now = new Date(2026, 7, 2, 12, 30);
  const inMinutes = (when: string) => {
    const due = dueAt(when, now);
    return due === null ? null : (Date.parse(due) - now.getTime()) / 60_000;
  };
  expect(['now', '+5', '7', '12:45', '12:30', '0:15'].map(inMinutes)).toEqual([
    ...[0, 5, 7, 15, 24 * 60, 11 * 60 + 45],
  ]);
  expect(['', 'soon', '24:00', '+x', '-5'].map(inMinutes)).toEqual([null, null, null, null, null]);
});
