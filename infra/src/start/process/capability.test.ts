import { expect, it } from 'vitest';
import { passingCapability } from './capability.ts';

const status = (permitted: string): string =>
  `Name:\tnode\nCapInh:\t0000000000000000\nCapPrm:\t${permitted}\nCapEff:\t0000000000000000\n`;

it.each([
  ['000001ffffffffff', 'dac_read_search', 'root of a host'],
  ['00000000a80425fb', 'dac_override', 'root of a container with the usual set'],
])('of %s takes %s', (permitted, name) => {
  expect(passingCapability(status(permitted))).toBe(name);
});

it('says what to do where root has neither', () => {
  expect(() => passingCapability(status('0000000000000400'))).toThrow('CORONER_STATE_DIR');
});
