import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { get } from '../stack/ask.ts';
import { type Stack, startStack } from '../stack/stack.ts';

/** Debian's user nobody. */
const nobody = 65_534;
let stack: Stack | null = null;
let folder: string | null = null;
afterEach(async () => {
  await stack?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

it('runs for an ordinary user, whose agent says what it cannot see', async () => {
  folder = mkdtempSync(join(tmpdir(), 'coroner-nobody-'));
  chownSync(folder, nobody, nobody);
  stack = await startStack({
    stateDir: join(folder, 'state'),
    environment: { HOME: folder },
    user: nobody,
  });
  const { status, body } = await get(stack, '/v1/hosts');
  expect(status).toBe(200);
  const [host] = (
    body as { items: { sources: { source: string; state: string; why: string }[] }[] }
  ).items;
  const probe = host?.sources.find(({ source }) => source === 'probe');
  expect(probe).toMatchObject({ state: 'missing' });
  expect(probe?.why).toMatch(/root|CAP_|privilege|permi/i);
});
