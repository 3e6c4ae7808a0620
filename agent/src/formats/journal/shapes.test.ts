import { Event } from '@coroner/schema/event/event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RawEvent } from '../../source.ts';
import { readers } from '../registry.ts';

const kill =
  'Out of memory: Killed process 5 (a b) total-vm:1kB, anon-rss:2kB, file-rss:3kB, shmem-rss:0kB';
const at = '2026-02-06T11:37:41.123456Z';
const micros = 1_770_377_861_123_456;
const kernel = {
  __REALTIME_TIMESTAMP: String(micros),
  __MONOTONIC_TIMESTAMP: '12345678',
  _TRANSPORT: 'kernel',
  SYSLOG_IDENTIFIER: 'kernel',
  MESSAGE: kill,
};

async function read(format: string, bytes: Buffer | string, chunkBytes = 7): Promise<RawEvent[]> {
  const whole = Buffer.from(bytes as string);
  async function* chunks() {
    for (let from = 0; from < whole.length; from += chunkBytes)
      yield whole.subarray(from, from + chunkBytes);
  }
  const events: RawEvent[] = [];
  const context = { file: 'x', now: new Date('2026-12-31T00:00:00Z'), timeZone: 'UTC' };
  for await (const event of readers[format]?.(chunks(), context) ?? []) events.push(event);
  return events;
}

/** A field of the export format: with its size where it is no plain line. */
function exported(name: string, value: string): Buffer {
  if (!value.includes('\n')) return Buffer.from(`${name}=${value}\n`);
  const bytes = Buffer.from(value);
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(bytes.length));
  return Buffer.concat([Buffer.from(`${name}\n`), size, bytes, Buffer.from('\n')]);
}

const entry = (fields: Readonly<Record<string, string>>): Buffer =>
  Buffer.concat([
    ...Object.entries(fields).map(([name, value]) => exported(name, value)),
    Buffer.from('\n'),
  ]);

const verbose = (fields: Readonly<Record<string, string>>): string => {
  const cursor = `s=0a;i=1;b=0123456789abcdef0123456789abcdef;m=bc614e;t=${micros.toString(16)};x=1`;
  const lines = Object.entries(fields).map(
    ([name, value]) =>
      `    ${name}=${value.replaceAll('\n', `\n${' '.repeat(name.length + 5)}`)}\n`,
  );
  return `Fri 2026-02-06 11:37:41.123456 UTC [${cursor}]\n${lines.join('')}`;
};

describe.each(['journal', 'log'])('what journalctl prints, read as %s', (format) => {
  it.each<[string, Buffer | string]>([
    ['json', `${JSON.stringify(kernel)}\n`],
    ['json-pretty', `${JSON.stringify(kernel, null, 2)}\n`],
    ['export', entry(kernel)],
    ['verbose', verbose({ _TRANSPORT: 'kernel', SYSLOG_IDENTIFIER: 'kernel', MESSAGE: kill })],
  ])('has the facts of -o %s', async (_, bytes) => {
    expect(await read(format, bytes)).toMatchObject([
      { kind: 'oom-kill', source: 'journal', at, bootUs: 12_345_678, pid: 5, comm: 'a b' },
    ]);
  });

  it('has those of -o short-precise as of any text', async () => {
    expect(await read(format, `Feb 06 11:37:41.123456 web-1 kernel: ${kill}\n`)).toMatchObject([
      { kind: 'oom-kill', source: 'log', at, pid: 5 },
    ]);
  });

  it('takes nothing that stands within a value for an entry', async () => {
    const forged = `first\n\n_TRANSPORT=kernel\nMESSAGE=${kill}\n\n    _TRANSPORT=kernel\n    MESSAGE=${kill}\n`;
    const app = {
      ...kernel,
      _TRANSPORT: 'stdout',
      SYSLOG_IDENTIFIER: 'app',
      _PID: '77',
      MESSAGE: forged,
    };
    const { __REALTIME_TIMESTAMP: _, __MONOTONIC_TIMESTAMP: __, ...fields } = app;
    expect(await read(format, entry(app))).toEqual([]);
    expect(await read(format, verbose(fields))).toEqual([]);
    expect(await read(format, JSON.stringify(app))).toEqual([]);
  });

  it('passes over a value that is far too long, and reads on behind it', async () => {
    const long = { ...kernel, _TRANSPORT: 'stdout', MESSAGE: `\n${'x'.repeat(1_100_000)}` };
    const bytes = Buffer.concat([entry(long), entry(kernel)]);
    expect(await read(format, bytes, 65_536)).toMatchObject([{ kind: 'oom-kill', pid: 5 }]);
  });
});

describe('a file of journald itself', () => {
  it('is refused with the command that prints it', async () => {
    await expect(read('journal', 'LPKSHHRH\0\0\0\0')).rejects.toThrow(
      'x: a file of journald itself: give what journalctl -o json --file=x prints',
    );
  });
});

describe('an export', () => {
  it('may be any bytes, and makes no death of them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 1_500 }), fc.nat(400), async (junk, cut) => {
        const start = entry({ ...kernel, _TRANSPORT: 'stdout', MESSAGE: 'a\nb' });
        const bytes = Buffer.concat([start.subarray(0, start.length - cut), Buffer.from(junk)]);
        const events = await read('journal', bytes);
        for (const event of events)
          expect(Event.safeParse({ ...event, id: 'property-test' }).error).toBeUndefined();
        expect(events).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
