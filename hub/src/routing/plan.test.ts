import { AlertRoute } from '@coroner/schema/http/alert-routes';
import { expect, test } from 'vitest';
import type { Facet, RoutedIncident } from './fit.ts';
import { plan } from './plan.ts';

const nowMs = Date.parse('2026-11-23T23:00:00Z');
const nights = { timeZone: 'UTC', from: '22:00', to: '07:00' };
let routesMade = 0;

const route = (channel: string, more: object = {}): AlertRoute => {
  routesMade += 1;
  const at = '2026-11-01T00:00:00Z';
  const id = `r${routesMade}`;
  return AlertRoute.parse({ id, name: channel, channel, createdAt: at, updatedAt: at, ...more });
};
const facet = (more: Partial<Facet> = {}): Facet => ({
  ...{ host: 'web-3', unit: 'nginx.service', cause: 'signal-from-process' },
  ...{ users: ['www-data', 'alice'], labels: { role: 'web', site: 'a' } },
  ...more,
});
const incident = (more: Partial<RoutedIncident> = {}): RoutedIncident => ({
  ...{ facets: [facet()], severity: 'warning', diedAtMs: [nowMs] },
  ...more,
});
const channels = (routes: AlertRoute[], one = incident()) =>
  plan(routes, one, nowMs).destinations.map(({ channel }) => channel);

test('without a route, and where none fits, it goes to the alert channel of the bot', () => {
  const own = { channel: null, mentions: [], routeId: null, post: 'now', at: null };
  expect(plan([], incident(), nowMs).destinations).toEqual([own]);
  expect(channels([route('CDB', { match: { hosts: ['db-*'] } })])).toEqual([null]);
});

test.each<[string, object, boolean]>([
  ['everything', {}, true],
  ['a host of a list', { hosts: ['db-*', 'web-?'] }, true],
  ['another host', { hosts: ['db-*'] }, false],
  ['its unit', { units: ['nginx*'] }, true],
  ['its label', { labels: ['role=w*'] }, true],
  ['another label', { labels: ['role=db'] }, false],
  ['its cause', { causes: ['crash', 'signal-from-process'] }, true],
  ['the owner of the victim', { users: ['www-data'] }, true],
  ['who did it', { users: ['ali*'] }, true],
  ['somebody else', { users: ['bob'] }, false],
  ['enough severity', { minSeverity: 'warning' }, true],
  ['too little severity', { minSeverity: 'critical' }, false],
  ['all of two', { hosts: ['web-*'], users: ['alice'] }, true],
  ['one of two', { hosts: ['web-*'], users: ['bob'] }, false],
])('a route fits by %s', (_, match, fits) => {
  expect(channels([route('CWEB', { match })])).toEqual([fits ? 'CWEB' : null]);
});

test('a death has to fit all of it: two that fit a half each do not', () => {
  const mixed = incident({ facets: [facet({ unit: null }), facet({ host: 'db-1' })] });
  const both = route('CWEB', { match: { hosts: ['web-*'], units: ['nginx*'] } });
  const { routes } = plan([both], mixed, nowMs);
  expect(routes[0]).toMatchObject({ takes: false, because: 'no death fits all of hosts, units' });
});

test('the first takes it alone, unless it continues', () => {
  const [a, b] = [route('CA'), route('CB')];
  const { routes } = plan([a, b], incident(), nowMs);
  expect(routes.map(({ takes, because }) => [takes, because])).toEqual([
    [true, 'it fits'],
    [false, 'CA took it'],
  ]);
  expect(channels([a, b])).toEqual(['CA']);
  expect(channels([{ ...a, continue: true }, b])).toEqual(['CA', 'CB']);
});

test('who subscribed gets it besides, and takes it from nobody', () => {
  const mine = route('UALICE', { owner: 'UALICE' });
  expect(channels([mine])).toEqual([null, 'UALICE']);
  expect(channels([mine, route('CA'), route('UBOB', { owner: 'UBOB' })])).toEqual([
    ...['UALICE', 'CA', 'UBOB'],
  ]);
});

test('quiet hours hold all that is not critical to their end', () => {
  const quiet = route('CA', { quietHours: nights });
  const [held] = plan([quiet], incident(), nowMs).destinations;
  expect(held).toMatchObject({ post: 'later', at: '2026-11-24T07:00:00.000Z' });
  const urgent = incident({ severity: 'critical' });
  expect(plan([quiet], urgent, nowMs).destinations[0]).toMatchObject({ post: 'now', at: null });
});

test('a threshold is reached by so many within any span, not by more over a longer one', () => {
  const few = route('CA', { threshold: { deaths: 3, seconds: 60 } });
  const post = (seconds: number[]) =>
    plan(
      [few],
      incident({ diedAtMs: seconds.map((s) => nowMs + s * 1000) }),
      nowMs,
    ).destinations.map((one) => one.post);
  expect(post([0, 30])).toEqual(['below-threshold']);
  expect(post([0, 40, 80, 120, 160])).toEqual(['below-threshold']);
  expect(post([0, 500, 530, 560])).toEqual(['now']);
  expect(post([0, 30, 60])).toEqual(['now']);
});

test('a threshold comes first: what reaches it in quiet hours waits for their end', () => {
  const both = route('CA', { quietHours: nights, threshold: { deaths: 2, seconds: 5 } });
  const of = (diedAtMs: number[]) => plan([both], incident({ diedAtMs }), nowMs).destinations[0];
  expect(of([nowMs])?.post).toBe('below-threshold');
  expect(of([nowMs, nowMs])?.post).toBe('later');
});

test('two routes to one channel are one card, as soon as either says, naming everybody', () => {
  const first = route('CA', { continue: true, mentions: ['UALICE'] });
  const second = route('CA', { mentions: ['UALICE', 'SONCALL'] });
  const [one, ...more] = plan([first, second], incident(), nowMs).destinations;
  expect(one?.mentions).toEqual(['UALICE', 'SONCALL']);
  expect(more).toEqual([]);
  const later = { ...first, quietHours: nights, mentions: ['UBOB'] };
  const [soon] = plan([later, second], incident(), nowMs).destinations;
  expect(soon).toMatchObject({ post: 'now', mentions: ['UALICE', 'SONCALL'] });
});
