import { expect, it } from 'vitest';
import { comparedSpan } from './compare.ts';

it.each([
  ['what is different from last week?', 'week'],
  ["What's changed since last week", 'week'],
  ['compare this week with the week before', 'week'],
  ['compare today with yesterday', 'day'],
  ['compare today with yesterday on web-3', 'day'],
  ['what is new since yesterday?', 'day'],
  ['和上周比有什么不同？', 'week'],
  ['今天和昨天相比有哪些变化', 'day'],
  ['对比今天和昨天', 'day'],
])('"%s" compares with the %s before', (text, span) => {
  expect(comparedSpan(text)).toBe(span);
});

it.each([
  'why did nginx die yesterday?',
  'who killed compare on web-3 last week',
  'what happened yesterday',
  'compare',
  'nginx 昨天为什么挂了？',
  'what is new',
])('"%s" does not', (text) => {
  expect(comparedSpan(text)).toBeNull();
});
