import type { AlertDestination } from '@coroner/schema/wire/alert';
import { expect, test } from 'vitest';
import { destinationsOf } from './destinations.ts';

const to = (channel: string | null, ...mentions: string[]): AlertDestination => ({
  ...{ channel, mentions, routeId: null },
});
const of = (destinations: AlertDestination[] | undefined, own: string | null) =>
  destinationsOf({ destinations } as Parameters<typeof destinationsOf>[0], own);

test.each<[string, AlertDestination[] | undefined, string | null, string[]]>([
  ['an older hub says none: the own channel', undefined, 'COWN', ['COWN']],
  ['an older hub, and no own channel', undefined, null, []],
  ['no route took it', [to(null)], 'COWN', ['COWN']],
  ['routes alone', [to('CA'), to('CB')], 'COWN', ['CA', 'CB']],
  ['a card that is in the own channel stays true', [to(null), to('CA')], 'COWN', ['COWN', 'CA']],
  ['without an own channel the routes are left', [to(null), to('CA')], null, ['CA']],
  ['a route to the own channel is one card', [to(null), to('COWN')], 'COWN', ['COWN']],
])('%s', (_, destinations, own, channels) => {
  expect(of(destinations, own).map(({ channel }) => channel)).toEqual(channels);
});

test('whoever is named for one channel twice is named once', () => {
  expect(of([to(null, 'UALICE'), to('COWN', 'UALICE', 'SONCALL')], 'COWN')).toEqual([
    { channel: 'COWN', mentions: ['UALICE', 'SONCALL'] },
  ]);
});
