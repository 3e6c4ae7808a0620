import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { knownVariables } from '@coroner/schema/configuration/variables';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

it.each(['agent/src', 'hub/src', 'bot/src', 'infra/src/start'])(
  'every setting of %s is known to all parts',
  (part) => {
    const text = readFileSync(`${root}/${part}/config.ts`, 'utf8');
    const names = [...new Set(text.match(/\bCORONER_[A-Z_]*[A-Z]\b/g))];
    expect(names.filter((name) => !knownVariables.includes(name))).toEqual([]);
  },
);
