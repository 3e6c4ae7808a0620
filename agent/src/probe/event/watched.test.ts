import { expect, it } from 'vitest';
import { decodeRecord } from '../record/decode.ts';
import type { DeathRecord } from '../record/record.ts';
import { addSignal, deathBytes } from '../testing/bytes.ts';
import { bootClock } from './clock.ts';
import { toDeathEvent } from './death.ts';
import { isUneventful, watchList } from './watched.ts';

const shortLivedMs = 10_000;
const context = {
  host: 'h',
  bootId: 'b',
  clock: bootClock(),
  actors: () => null,
  commandLines: () => null,
  lastExec: () => null,
};
const event = (bytes: Buffer) => toDeathEvent(decodeRecord(bytes) as DeathRecord, context);
const worker = event(
  deathBytes({ comm: 'java', exe: 'java\0bin\0jdk\0', argv: '/opt/app.sh\0-x\0' }),
);

it.each([
  ['java', true],
  ['ja*', true],
  ['j?va', true],
  ['app.sh', true],
  ['appxsh', false],
  ['av', false],
  ['*', true],
  ['[j]ava', false],
])('the glob %s: %s', (glob, matches) => {
  expect(watchList(['nothing', glob])(worker.victim)).toBe(matches);
});

const nginx = event(deathBytes({ cgroup: 'nginx.service\0system.slice\0' }));
const scope = `cri-containerd-${'0a'.repeat(32)}.scope`;
const pod = event(deathBytes({ cgroup: `${scope}\0kubepods-pod7.slice\0kubepods.slice\0` }));

it.each([
  ['unit:nginx.service', nginx, true],
  ['unit:nginx', nginx, true],
  ['unit:ng*', nginx, true],
  ['unit:ngin', nginx, false],
  ['nginx.service', nginx, false],
  ['unit:*', pod, false],
  ['cgroup:/kubepods*', pod, true],
  ['cgroup:*/nginx.service', nginx, true],
  ['cgroup:/kubepods', pod, false],
  ['cgroup:/kubepods*', nginx, false],
  ['cgroup:', nginx, false],
])('the item %s of the watch list (%#)', (item, death, matches) => {
  expect(watchList([item])(death.victim)).toBe(matches);
});

it('a short life that ended unasked is uneventful', () => {
  expect(isUneventful(event(deathBytes({}, 1_000_000n, 0)), shortLivedMs)).toBe(true);
});

it.each([
  ['killed', deathBytes({}, 1_000_000n, 9)],
  ['long-lived', deathBytes({}, 10_000_000_000n, 0)],
  ['asked to stop', addSignal(deathBytes({}, 1_000_000n, 0), 0, { number: 15 })],
])('%s is not', (_, bytes) => {
  expect(isUneventful(event(bytes), shortLivedMs)).toBe(false);
});
