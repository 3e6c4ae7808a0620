import { expect, it } from 'vitest';
import type { RawEvent } from '../../source.ts';
import { readLog } from './log.ts';

const kill = (pid: number): string =>
  `Out of memory: Killed process ${pid} (a) total-vm:1kB, anon-rss:2kB, file-rss:3kB, shmem-rss:0kB`;

async function read(text: string): Promise<RawEvent[]> {
  async function* bytes() {
    yield Buffer.from(text);
  }
  const events: RawEvent[] = [];
  const context = { file: 'x', now: new Date('2026-12-31T00:00:00Z'), timeZone: 'UTC' };
  for await (const event of readLog(bytes(), context)) events.push(event);
  return events;
}

it('reads dmesg -J with its facilities, and each way of printing times', async () => {
  const text = `{
   "dmesg": [
      {
         "pri": 3,
         "time":     12.345678,
         "msg": "${kill(5)}"
      },{
         "fac": "kern",
         "pri": "err",
         "time": "2026-02-06T11:37:41,123456+01:00",
         "caller": "T99",
         "msg": "${kill(6)}"
      },{
         "fac": "user",
         "pri": "err",
         "time":     13.345678,
         "msg": "${kill(7)}"
      },{
         "pri": "err",
         "time":     13.345
      },{
         "time": "Fri Feb  6 11:37:41 2026",
         "msg": "${kill(8)}"
      }
   ]
}
`;
  expect(await read(text)).toMatchObject([
    { kind: 'oom-kill', pid: 5, at: null, bootUs: 12_345_678 },
    { kind: 'oom-kill', pid: 6, at: '2026-02-06T10:37:41.123456Z' },
    { kind: 'oom-kill', pid: 8, at: '2026-02-06T11:37:41.000Z' },
  ]);
});

it('takes no application’s JSON for that of dmesg', async () => {
  expect(await read(`{"level":"error","msg":"${kill(5)}"}\n{\n "msg": "${kill(5)}"\n}\n`)).toEqual(
    [],
  );
});
