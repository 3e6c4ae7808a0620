import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { asNotified, asRead } from './as-read.ts';
import { messages } from './messages.ts';

/** The built test runs from `dist`; what a reviewer reads stands in the sources. */
const folder = fileURLToPath(new URL('./read/', import.meta.url)).replace('/dist/', '/src/');
/** `CORONER_GOLDEN=write`: writes the files anew, to be read before they are committed. */
const write = process.env['CORONER_GOLDEN'] === 'write';

it.each(Object.entries(await messages()))('%s reads as before', (name, message) => {
  const forms = message.rich ? [{ blocks: message.rich }, message] : [message];
  const rule = `\n${'─'.repeat(100)}\n\n`;
  const text = [asNotified(message), ...forms.map(asRead)].join(rule);
  const path = join(folder, `${name}.txt`);
  mkdirSync(folder, { recursive: true });
  if (write) writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, 'utf8'));
});

it('keeps no file of a message that is gone', async () => {
  const names = readdirSync(folder).map((file) => file.replace(/\.txt$/, ''));
  expect(names.sort()).toEqual(Object.keys(await messages()).sort());
});
