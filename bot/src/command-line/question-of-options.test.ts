import { expect, it } from 'vitest';
import { questionOfOptions } from './question-of-options.ts';

const asked = { now: new Date('2026-11-23T09:00:00Z'), timezone: 'UTC' };

it('reads times as ISO and as words', () => {
  const at = (text: string) => questionOfOptions('nginx', { at: text }, asked).when?.at;
  expect(at('2026-11-20T03:12:07Z')).toBe('2026-11-20T03:12:07.000Z');
  expect(at('2026-11-20T03:12:07.123456Z')).toMatch(/^2026-11-20T03:12:07/);
  expect(at('10 minutes ago')).toBe('2026-11-23T08:50:00.000Z');
  expect(at('last night')).toBe('2026-11-23T00:00:00.000Z');
});

it('says which option is wrong', () => {
  expect(() => questionOfOptions('nginx', { at: 'blurp' }, asked)).toThrow(/--at "blurp"/);
  expect(() => questionOfOptions('nginx', { pid: '-1' }, asked)).toThrow(/--pid/);
  expect(() => questionOfOptions(undefined, {}, asked)).toThrow(/PROCESS/);
  expect(questionOfOptions(undefined, { pid: '7' }, asked)).toMatchObject({
    process: null,
    pid: 7,
  });
});
