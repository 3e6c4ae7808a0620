import { Event } from '@coroner/schema/event/event';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rowEvents } from './wtmpdb.ts';

const text = fc.option(fc.string({ unit: 'binary' }));
const us = fc.oneof(fc.maxSafeInteger(), fc.integer({ min: 0, max: 2_000_000_000_000_000 }));
const row = fc.record(
  {
    ...{ ID: fc.nat(), Type: fc.nat(4), User: text, Login: us, Logout: fc.option(us) },
    ...{ TTY: text, RemoteHost: text, Service: text },
  },
  { requiredKeys: ['ID', 'Type'] },
);

it('takes any rows, and says only what the schema allows', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(row, fc.jsonValue())), (rows) => {
      for (const event of rowEvents(rows, 'web-3'))
        expect(Event.safeParse(event).error?.issues).toBeUndefined();
    }),
  );
});
