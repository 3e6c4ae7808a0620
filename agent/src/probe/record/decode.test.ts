import { describe, expect, it } from 'vitest';
import { addSignal, deathBytes } from '../testing/bytes.ts';
import { decodeRecord } from './decode.ts';
import { layout, processFlag, signalFlag } from './layout.ts';
import type { DeathRecord } from './record.ts';

function decoded(record: Buffer): DeathRecord {
  const death = decodeRecord(record);
  if (death?.kind !== 'death') throw new Error('no death');
  return death;
}

describe('a death record', () => {
  it('has its process with paths turned round and argv split', () => {
    const { process, waitStatus, atUs } = decoded(
      deathBytes(
        {
          pid: 4121,
          startNs: 1_500_000_999n,
          comm: 'nginx',
          exe: 'nginx\0sbin\0usr\0',
          cgroup: 'nginx.service\0system.slice\0',
          argv: 'nginx\0-g\0daemon off;\0\0',
          flags: processFlag.fromExec,
        },
        2_000_000_000n,
        0x300,
      ),
    );
    expect(process).toMatchObject({
      key: { pid: 4121, startUs: 1_500_000 },
      comm: 'nginx',
      exe: '/usr/sbin/nginx',
      cgroup: '/system.slice/nginx.service',
      argv: ['nginx', '-g', 'daemon off;', ''],
    });
    expect([atUs, waitStatus]).toEqual([2_000_000, 0x300]);
  });

  it('keeps the times exact beyond 104 days of uptime', () => {
    const startNs = 12_345_678_901_234_999n;
    const { process } = decoded(deathBytes({ startNs }));
    expect(BigInt(process.key.startUs)).toBe(startNs / 1000n);
  });

  it('marks a cut argument, and a cut path by what is missing in front', () => {
    const { process } = decoded(
      deathBytes({
        argv: 'a\0bcd',
        argvTotal: 900,
        exe: 'leaf\0up\0',
        flags: processFlag.argvCut | processFlag.exeCut,
      }),
    );
    expect(process.argv).toEqual(['a', 'bcd…']);
    expect(process.exe).toBe('…/up/leaf');
  });

  it('drops the padding of a title that was written over the argv', () => {
    const { process } = decoded(deathBytes({ argv: 'nginx: worker process\0\0\0\0' }));
    expect(process.argv).toEqual(['nginx: worker process']);
  });

  it('drops it also where more was left than was read', () => {
    const flags = processFlag.argvCut;
    const padded = `nginx: worker process${'\0'.repeat(200)}`;
    expect(decoded(deathBytes({ argv: padded, flags })).process.argv).toEqual([
      'nginx: worker process',
      '…',
    ]);
  });

  it('knows no argv and no exe where none was read; the root cgroup is /', () => {
    expect(decoded(deathBytes({})).process).toMatchObject({ argv: null, exe: null, cgroup: '/' });
  });

  it('replaces bytes that are not UTF-8', () => {
    const comm = Buffer.from([0x61, 0xff, 0x62, 0]);
    expect(decoded(deathBytes({ comm })).process.comm).toBe('a\ufffdb');
  });

  it('lists its signals oldest first', () => {
    const record = deathBytes({});
    addSignal(record, 3, { number: 10, firstNs: 5_000n });
    addSignal(record, 0, { number: 15, firstNs: 9_000n, flags: signalFlag.group, count: 3 });
    const signals = decoded(record).signals;
    expect(signals.map(({ number }) => number)).toEqual([10, 15]);
    expect(signals[1]).toMatchObject({ group: true, self: false, count: 3, info: 'user', code: 0 });
  });
});

describe('bytes that are no record', () => {
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a head alone', deathBytes({}).subarray(0, layout.head.size)],
    ['a record cut short', deathBytes({}).subarray(0, layout.death.tail - 1)],
    ['an unknown kind', Buffer.alloc(layout.death.size, 0xee)],
  ])('%s', (_, bytes) => {
    expect(decodeRecord(bytes)).toBeNull();
  });

  it('lengths that reach beyond the record', () => {
    const record = deathBytes({ argv: 'a\0' });
    record.writeUInt16LE(500, layout.death.process + layout.process.argvLen);
    expect(decodeRecord(record)).toBeNull();
  });
});
