import { expect, test } from 'vitest';
import { readSubscription } from './read-subscription.ts';

const read = (text: string) => readSubscription(text, 'UALICE', 'Europe/Berlin');

test('words make a route to a person, which takes the alert from nobody', () => {
  expect(read('host web-* db-1 severity critical quiet 22:00-08:00 mon-fri')).toMatchObject({
    route: {
      ...{ name: 'hosts web-*, db-1 · critical', channel: 'UALICE', owner: 'UALICE' },
      match: { hosts: ['web-*', 'db-1'], minSeverity: 'critical' },
      quietHours: { from: '22:00', to: '08:00', timeZone: 'Europe/Berlin' },
      continue: true,
    },
  });
  expect(read('Users: bob causes crash,abort')).toMatchObject({
    route: { match: { users: ['bob'], causes: ['crash', 'abort'] } },
  });
});

test.each([
  ['', 'Say what'],
  ['web-*', 'Say what'],
  ['host', 'Say what'],
  ['quiet 22:00-08:00', 'Say what'],
  ['cause bad-luck', 'causes: '],
  ['host web-* quiet soon', 'quiet: '],
])('"%s" is none, and it says why', (text, why) => {
  expect(read(text)).toEqual({ wrong: expect.stringContaining(why) });
});
