import { expect, it } from 'vitest';
import { findTopic } from './topic.ts';

it.each([
  ['who else was logged in?', 'logins'],
  ['was anybody logged on then', 'logins'],
  ['show me the sessions', 'logins'],
  ['show the OOM report', 'report'],
  ['show me all the evidence', 'report'],
  ['how do you know?', 'report'],
  ['did it happen before?', 'before'],
  ['has this happened before', 'before'],
  ['how often does nginx die', 'before'],
  ['is it the first time?', 'before'],
  ['what runs at that time?', 'jobs'],
  ['which cron jobs ran then?', 'jobs'],
  ['who is next?', 'next'],
  ["what's next", 'next'],
  ['when will it happen again?', 'next'],
  ['what else happened?', 'around'],
  ['show the timeline', 'around'],
])('%s', (text, topic) => {
  expect(findTopic(text)?.topic).toBe(topic);
});

it.each(['why did nginx die?', 'and on web-4?', 'who killed java before noon', 'thanks', ''])(
  'none: %s',
  (text) => {
    expect(findTopic(text)).toBeNull();
  },
);

it('leaves the words that may name a death', () => {
  expect(findTopic('who else was logged in when nginx died on web-3?')?.rest.trim()).toBe(
    'when nginx died on web-3?',
  );
});
