import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { migrationsFolder } from './apply-migration.ts';

/** Two were numbered alike before anybody looked; their names cannot change, for databases know them. */
const known = ['0003', '0010', '0011'];

test('no two migrations have the same number, for their order would hang on their names', () => {
  const numbers = readdirSync(migrationsFolder()).map(
    (file) => /^(\d{4})_\w+\.sql$/.exec(file)?.[1],
  );
  expect(numbers).not.toContain(undefined);
  const twice = numbers.filter((number, place) => numbers.indexOf(number) !== place);
  expect(twice).toEqual(known);
});
