import { type ChildProcess, spawn } from 'node:child_process';
import { afterEach, expect, it } from 'vitest';
import { begunPids } from './begun.ts';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function begin(): number {
  const child = spawn('sleep', ['600'], { stdio: 'ignore' });
  children.push(child);
  return child.pid as number;
}

it('tells everybody the first time', () => {
  const there = begin();
  expect(begunPids()()).toEqual(expect.arrayContaining([process.pid, there]));
});

it('tells what began since, and what was there no more', () => {
  const begun = begunPids();
  const there = begin();
  begun();
  const first = begin();
  const told = begun();
  expect(told).toContain(first);
  expect(told).not.toContain(there);
  expect(begun()).not.toContain(first);
});

it('misses nobody among many', () => {
  const begun = begunPids();
  begun();
  const many = Array.from({ length: 80 }, begin);
  expect(begun()).toEqual(expect.arrayContaining(many));
  const more = Array.from({ length: 30 }, begin);
  const told = begun();
  expect(told).toEqual(expect.arrayContaining(more));
  expect(told).not.toContain(many[0]);
});
