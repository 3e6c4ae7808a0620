import fc from 'fast-check';
import { expect, it } from 'vitest';
import { eventSubject, heartbeatSubject, hostOfSubject, hostToken } from './subjects.ts';

it('any host name becomes one token and comes back', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (host) => {
      expect(hostToken(host)).not.toMatch(/[.*>\s]/);
      expect(hostOfSubject(eventSubject(host))).toBe(host);
      expect(hostOfSubject(heartbeatSubject(host))).toBe(host);
    }),
  );
});

it.each([
  'coroner.alerts.incident.1',
  'coroner.events',
  'coroner.events.a.b',
  'coroner.events.%zz',
  'x',
])('%s is no host', (subject) => {
  expect(hostOfSubject(subject)).toBeNull();
});
