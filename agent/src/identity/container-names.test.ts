import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { containerIds } from './container-names.ts';

const folder = mkdtempSync(join(tmpdir(), 'coroner-names-'));
afterAll(() => rmSync(folder, { recursive: true }));

const web = 'a1b2'.repeat(16);
const other = 'ffee'.repeat(16);
const places = {
  docker: join(folder, 'docker'),
  podman: join(folder, 'containers.json'),
  pods: join(folder, 'pods'),
};
const uid = '8a1c53a8-0f5d-4a44-9a55-0f7c4bb1c4a1';
mkdirSync(join(places.docker, web), { recursive: true });
mkdirSync(join(places.docker, other));
mkdirSync(join(places.pods, `prod_web-1_${uid}`), { recursive: true });
writeFileSync(
  join(places.docker, web, 'config.v2.json'),
  JSON.stringify({ ID: web, Name: '/web' }),
);
writeFileSync(join(places.docker, other, 'config.v2.json'), 'torn {');
writeFileSync(
  places.podman,
  JSON.stringify([{ id: other, names: ['db'] }, { id: 7 }, null].slice(0, 2)),
);

const idsOf = containerIds(places);

it('finds ids by name, by id and by the beginning of an id', () => {
  expect(idsOf('container', ['web'])).toEqual([web]);
  expect(idsOf('container', ['db', 'a1b2a1b2'])).toEqual([web, other]);
  expect(idsOf('container', ['we', 'a1'])).toEqual([]);
  expect(idsOf('pod', ['web-1'])).toEqual([uid]);
});

it('knows nothing on a host without them', () => {
  const nowhere = containerIds({ docker: '/no', podman: '/no', pods: '/no' });
  expect(nowhere('container', ['web'])).toEqual([]);
  expect(idsOf('pod', [])).toEqual([]);
});
