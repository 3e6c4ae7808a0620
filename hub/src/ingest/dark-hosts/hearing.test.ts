import { expect, it } from 'vitest';
import { hearing } from './hearing.ts';

it('is deaf until the stream was there for a while, and again after each trouble', () => {
  let nowMs = 0;
  const heard = hearing(() => nowMs);
  heard.backlog(0);
  expect(heard.hearsAll()).toBe(false);
  nowMs = 100_000;
  heard.backlog(3);
  expect(heard.hearsAll()).toBe(true);
  heard.backlog(null);
  heard.backlog(0);
  expect(heard.hearsAll()).toBe(false);
  nowMs = 200_000;
  expect(heard.hearsAll()).toBe(true);
  heard.backlog(100_000);
  expect(heard.hearsAll()).toBe(false);
});
