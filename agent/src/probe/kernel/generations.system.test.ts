import { afterAll, beforeAll, expect, it } from 'vitest';
import { openMaps } from '../maps/tables.ts';
import { libbpf } from '../native/libbpf.ts';
import { compilePrograms, type Programs } from '../testing/programs.ts';
import { runThrough, startUp } from '../testing/running.ts';
import { type LoadedObject, loadObject } from './load.ts';
import { generation, generationNumber, type Policy } from './object.ts';
import { mapSizes } from './sizes.ts';

const count = 1_000;
const only = Buffer.alloc(4);
let programs: Programs;
const loaded: LoadedObject[] = [];

beforeAll(() => {
  programs = compilePrograms();
});
afterAll(() => {
  for (const object of loaded) object.close();
  programs.remove();
});

const policy = (shortLivedMs: number): Policy => ({
  shortLivedMs,
  shipAllEnds: false,
  scopePidNamespace: 0,
  noiseSignals: [],
  countQuestions: false,
  patienceMs: 0,
});

function load(shortLivedMs: number, before: LoadedObject | null): LoadedObject {
  const object = loadObject({
    policy: policy(shortLivedMs),
    reuse: before?.maps ?? null,
    active: before?.active ?? null,
    sizes: mapSizes(1024 * 1024, 1),
  });
  loaded.push(object);
  return object;
}

function activate({ active }: LoadedObject, shortLivedMs: number): void {
  const value = Buffer.alloc(8);
  value.writeBigUInt64LE(generationNumber(generation(policy(shortLivedMs))));
  libbpf().update(active, only, value, 0);
}

it('while two generations are attached, one of them counts a signal', async () => {
  const [older, newer] = [1, 2];
  const first = load(older, null);
  const second = load(newer, first);
  activate(first, older);
  const links = [...first.attach().values(), ...second.attach().values()];
  const maps = openMaps(first.maps);
  const counted = async (): Promise<number> => {
    const { child, pid } = await startUp(programs.victim, ['ignore-term']);
    await runThrough(programs.sender, ['flood', String(pid), String(count)]);
    child.kill('SIGKILL');
    return maps
      .takeMisses()
      .filter(({ target }) => target.pid === pid)
      .reduce((sum, miss) => sum + miss.count, 0);
  };
  expect(await counted()).toBe(count);
  activate(first, newer);
  expect(await counted()).toBe(count);
  for (const link of links) libbpf().linkDestroy(link);
});
