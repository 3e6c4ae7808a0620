import { Event } from '@coroner/schema/event/event';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RawEvent } from '../../source.ts';
import { readPacct } from './pacct.ts';
import { compT } from './record.ts';

async function read(bytes: Buffer): Promise<RawEvent[]> {
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += 50) yield bytes.subarray(at, at + 50);
  }
  const events: RawEvent[] = [];
  for await (const event of readPacct(chunks(), { file: 'pacct', now: new Date() }))
    events.push(event);
  return events;
}

const start = 1_790_000_000;

function v3(flags: number, status: number, comm: string | Buffer, little = true): Buffer {
  const bytes = Buffer.alloc(64);
  const view = new DataView(bytes.buffer, bytes.byteOffset, 64);
  view.setUint8(0, flags);
  view.setUint8(1, little ? 3 : 0x83);
  view.setUint16(2, 0x8802, little);
  view.setUint32(4, status, little);
  view.setUint32(8, 1000, little);
  view.setUint32(12, 100, little);
  view.setUint32(16, 4121, little);
  view.setUint32(20, 900, little);
  view.setUint32(24, start, little);
  view.setFloat32(28, 250, little);
  Buffer.from(comm).copy(bytes, 48, 0, 16);
  return bytes;
}

function v2(version: number, status: number, little = true): Buffer {
  const bytes = Buffer.alloc(64);
  const view = new DataView(bytes.buffer, bytes.byteOffset, 64);
  view.setUint8(1, version | (little ? 0 : 0x80));
  view.setUint16(2, 33, little);
  view.setUint16(4, 34, little);
  view.setUint32(8, start, little);
  view.setUint16(16, 250, little);
  view.setUint16(30, version === 2 ? 100 : 0, little);
  view.setUint32(32, status, little);
  bytes.write('nginx', 36);
  view.setUint32(56, 70_000, little);
  view.setUint32(60, 70_001, little);
  return bytes;
}

it.each([true, false])('reads version 3, little endian: %s', async (little) => {
  const hostile = Buffer.from('\x1b[31m\n"x\xff\xfeabcdefghijk', 'latin1');
  const events = await read(
    Buffer.concat([
      v3(0x02, 42 << 8, 'bash', little),
      v3(0x10, 9, 'nginx', little),
      v3(0x18, 0x8b, 'crash', little),
      v3(0x01, 0, hostile, little),
      v3(0, 0, 'torn', little).subarray(0, 40),
    ]),
  );
  expect(events).toHaveLength(4);
  expect(events[0]).toMatchObject({
    comm: 'bash',
    pid: 4121,
    ppid: 900,
    uid: 1000,
    gid: 100,
    tty: 0x8802,
    startedAt: '2026-09-21T14:13:20.000Z',
    at: '2026-09-21T14:13:22.500Z',
    elapsedMs: 2500,
    exitCode: 42,
    signal: null,
    superUser: true,
  });
  expect(events[1]).toMatchObject({ exitCode: null, signal: 'SIGKILL', coreDumped: false });
  expect(events[2]).toMatchObject({ signal: 'SIGSEGV', coreDumped: true });
  expect(events[3]).toMatchObject({ comm: '\x1b[31m\n"x\ufffd\ufffdabcdef', forkedOnly: true });
});

it.each([
  [0, 33, 34],
  [1, 70_000, 70_001],
  [2, 70_000, 70_001],
])('reads version %i', async (version, uid, gid) => {
  for (const little of [true, false]) {
    expect(await read(v2(version, 15, little))).toMatchObject([
      { comm: 'nginx', pid: null, uid, gid, signal: 'SIGTERM', elapsedMs: 2500 },
    ]);
  }
});

it.each([
  [0, 0],
  [0x1fff, 8191],
  [0x2001, 8],
  [0xe001, 2_097_152],
])('decodes comp_t %i', (value, expected) => {
  expect(compT(value)).toBe(expected);
});

it('gives only valid events of any bytes, and refuses a file of another kind', async () => {
  await expect(read(Buffer.from('hello world, this is text '.repeat(9)))).rejects.toThrow(
    'pacct: no process accounting records',
  );
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (noise) => {
      const events = await read(Buffer.concat([v3(0, 0, 'first'), noise]));
      for (const event of events) {
        expect(Event.safeParse({ ...event, id: '0'.repeat(32) }).error).toBeUndefined();
      }
    }),
  );
});
