import { expect, it } from 'vitest';
import { findTopic } from './topic.ts';

const asked = { now: new Date('2026-11-23T09:00:00Z'), timezone: 'UTC' };

it.each([
  ['who else was logged in?', 'logins'],
  ['who was logged-in on web-4 then?', 'logins'],
  ['how often does session-manager die', 'before'],
  ['who else died?', 'around'],
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
  expect(findTopic(text, asked)?.topic).toBe(topic);
});

it.each([
  ...['why did nginx die?', 'and on web-4?', 'who killed java before noon', 'thanks', ''],
  'why did cron die on web-4?',
  'cron died on web-4',
  'why did session-manager die',
  'what killed report-server',
  'what happened to timeline-svc on db-1',
  'who killed the crontab process last night',
])('none: %s', (text) => {
  expect(findTopic(text, asked)).toBeNull();
});

it('leaves the words that may name a death', () => {
  expect(findTopic('who else was logged in when nginx died on web-3?', asked)?.rest.trim()).toBe(
    'when nginx died on web-3?',
  );
});
