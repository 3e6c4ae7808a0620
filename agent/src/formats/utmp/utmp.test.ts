import { Event } from '@coroner/schema/event/event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RawEvent } from '../../source.ts';
import { addressOf } from './address.ts';
import { type Layout, layouts, recordTypes } from './layout.ts';
import { readUtmp } from './utmp.ts';

interface Written {
  type: (typeof recordTypes)[number];
  pid?: number;
  line?: string;
  id?: string;
  user?: string;
  host?: string;
  seconds?: number;
  micros?: number;
  session?: number;
  addr?: number[];
}

function write(record: Written, layout: Layout): Buffer {
  const bytes = Buffer.alloc(layout.sizeBytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const little = layout.littleEndian;
  view.setInt16(0, recordTypes.indexOf(record.type), little);
  view.setInt32(4, record.pid ?? 0, little);
  bytes.write(record.line ?? '', 8, 32);
  bytes.write(record.id ?? '', 40, 4);
  bytes.write(record.user ?? '', 44, 32);
  bytes.write(record.host ?? '', 76, 256);
  const wide = layout.timeBytes === 8;
  view.setInt32(wide && !little ? 340 : 336, record.session ?? 0, little);
  if (wide) {
    view.setBigInt64(344, BigInt(record.seconds ?? 0), little);
    view.setBigInt64(352, BigInt(record.micros ?? 0), little);
  } else {
    view.setUint32(340, record.seconds ?? 0, little);
    view.setUint32(344, record.micros ?? 0, little);
  }
  Buffer.from(record.addr ?? []).copy(bytes, wide ? 360 : 348);
  return bytes;
}

async function read(bytes: Buffer, file = 'wtmp', chunkBytes = 100): Promise<RawEvent[]> {
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  }
  const events: RawEvent[] = [];
  for await (const event of readUtmp(chunks(), { file, now: new Date() })) events.push(event);
  return events;
}

const seconds = 1_790_000_000;
const session: Written[] = [
  { type: 'BOOT_TIME', line: '~', id: '~~', user: 'reboot', host: '6.1.0', seconds },
  { type: 'RUN_LVL', pid: 53, line: '~', id: '~~', user: 'runlevel', host: '6.1.0', seconds },
  { type: 'LOGIN_PROCESS', pid: 500, line: 'tty1', id: '1', user: 'LOGIN', seconds },
  {
    type: 'USER_PROCESS',
    pid: 4000,
    line: 'pts/2',
    id: 'ts/2',
    user: 'alice',
    host: 'pc.example',
    seconds: seconds + 1,
    micros: 42,
    session: 7,
    addr: [10, 0, 0, 5],
  },
  { type: 'USER_PROCESS', pid: 4001, line: 'pts/3', user: 'bob', seconds, addr: [10, 0, 0, 6] },
  { type: 'DEAD_PROCESS', pid: 4000, line: 'pts/2', id: 'ts/2', seconds: seconds + 9 },
  { type: 'NEW_TIME', line: '}', user: 'date', seconds },
  { type: 'RUN_LVL', line: '~', id: '~~', user: 'shutdown', host: '6.1.0', seconds: seconds + 10 },
];

describe.each(layouts.map((layout) => [layout]))('a wtmp of layout %j', (layout) => {
  const bytes = Buffer.concat(session.map((record) => write(record, layout)));

  it('tells boots, sessions and shutdowns', async () => {
    const events = await read(bytes);
    expect(events.map(({ kind }) => kind)).toEqual([
      'boot',
      'login',
      'login',
      'logout',
      'shutdown',
    ]);
    expect(events[0]).toMatchObject({ kernel: '6.1.0', at: '2026-09-21T14:13:20.000000Z' });
    expect(events[1]).toMatchObject({
      user: 'alice',
      tty: 'pts/2',
      from: 'pc.example',
      addr: '10.0.0.5',
      pid: 4000,
      session: 7,
      utmpId: 'ts/2',
      at: '2026-09-21T14:13:21.000042Z',
      offset: 3 * layout.sizeBytes,
    });
    expect(events[2]).toMatchObject({ user: 'bob', from: '10.0.0.6' });
    expect(events[3]).toMatchObject({ user: null, tty: 'pts/2', pid: 4000 });
    for (const event of events) {
      expect(Event.safeParse({ ...event, id: '0'.repeat(32) }).error).toBeUndefined();
    }
  });

  it('passes a torn last record over, and goes on after one that is none', async () => {
    const torn = Buffer.concat([
      bytes.subarray(0, layout.sizeBytes * 4),
      Buffer.alloc(layout.sizeBytes, 0xee),
      bytes.subarray(layout.sizeBytes * 4, -10),
    ]);
    const kinds = (await read(torn, 'wtmp', 1000)).map(({ kind }) => kind);
    expect(kinds).toEqual(['boot', 'login', 'login', 'logout']);
  });

  it('finds its way again after a write that was torn in the middle of the file', async () => {
    const torn = Buffer.concat([
      bytes.subarray(0, layout.sizeBytes * 3 + 100),
      bytes.subarray(layout.sizeBytes * 4),
    ]);
    const events = await read(torn, 'wtmp', 1000);
    expect(events).toMatchObject([
      { kind: 'boot' },
      { kind: 'login', user: 'bob' },
      { kind: 'logout', tty: 'pts/2' },
      { kind: 'shutdown' },
    ]);
  });
});

it('takes what a btmp holds for failed logins', async () => {
  const [layout] = layouts as [Layout];
  const failed: Written[] = [
    {
      type: 'LOGIN_PROCESS',
      pid: 9,
      line: 'ssh:notty',
      user: '\x1b[31mroot\n',
      host: '10.0.0.9',
      seconds,
    },
    { type: 'USER_PROCESS', pid: 9, line: 'tty1', user: 'hunter2', seconds },
  ];
  const bytes = Buffer.concat(failed.map((record) => write(record, layout)));
  expect(await read(bytes, '/var/log/btmp.1')).toMatchObject([
    { kind: 'login-failed', user: '\x1b[31mroot\n', from: '10.0.0.9', tty: 'ssh:notty' },
    { kind: 'login-failed', user: 'hunter2', from: null },
  ]);
  // Without the name only what sshd alone writes is told.
  expect((await read(bytes, 'x')).map(({ kind }) => kind)).toEqual(['login-failed', 'login']);
});

it.each([
  [[10, 0, 0, 5], '10.0.0.5'],
  [[0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], '2001:db8::1'],
  [[0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1], 'fe80::1:0:0:1'],
  [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 10, 0, 0, 5], '::ffff:10.0.0.5'],
  [[], null],
])('reads the address %j', (bytes, expected) => {
  expect(addressOf(Buffer.concat([Buffer.from(bytes), Buffer.alloc(16)], 16))).toBe(expected);
});

it('gives only valid events of hostile bytes, and says so when nothing is a record', async () => {
  await expect(read(Buffer.from('not a wtmp\n'.repeat(100)))).rejects.toThrow(/no utmp records/);
  expect(await read(Buffer.alloc(0))).toEqual([]);
  const [layout] = layouts as [Layout];
  const good = Buffer.concat(session.map((record) => write(record, layout)));
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 1, maxLength: 800 }),
      fc.nat(good.length),
      async (noise, at) => {
        const damaged = Buffer.from(good);
        damaged.set(noise.subarray(0, good.length - at), at);
        const events = await read(damaged, 'wtmp', 777).catch((error: Error) => {
          expect(error.message).toMatch(/no utmp records/);
          return [];
        });
        for (const event of events) {
          expect(Event.safeParse({ ...event, id: '0'.repeat(32) }).error).toBeUndefined();
        }
      },
    ),
    { numRuns: 300 },
  );
});
