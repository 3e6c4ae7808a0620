import { Event } from '@coroner/schema/event/event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RawEvent } from '../../../source.ts';
import { readUtmp } from '../utmp.ts';

async function read(lines: readonly string[], file = 'wtmp'): Promise<RawEvent[]> {
  async function* bytes() {
    yield Buffer.from(`${lines.join('\n')}\n`);
  }
  const events: RawEvent[] = [];
  const context = { file, now: new Date('2026-12-31T00:00:00Z'), timeZone: 'UTC' };
  for await (const event of readUtmp(bytes(), context)) events.push(event);
  return events;
}

const session = { user: 'al', tty: 'pts/0', from: '10.0.0.5' };

describe('utmpdump', () => {
  it.each(['2026-02-06T11:37:41,000005+00:00', 'Fri Feb 06 11:37:41 2026 UTC'])(
    'prints records with %s',
    async (time) => {
      const rows = [
        `[2] [00000] [~~  ] [reboot  ] [~           ] [6.1.0               ] [0.0.0.0        ] [${time}]`,
        `[6] [00500] [tty1] [LOGIN   ] [tty1        ] [                    ] [0.0.0.0        ] [${time}]`,
        `[7] [00077] [ts/0] [al      ] [pts/0       ] [10.0.0.5            ] [10.0.0.5       ] [${time}]`,
        `[8] [00077] [ts/0] [        ] [pts/0       ] [                    ] [0.0.0.0        ] [${time}]`,
        `[1] [00000] [~~  ] [shutdown] [~           ] [6.1.0               ] [0.0.0.0        ] [${time}]`,
      ];
      const at = expect.stringMatching(/^2026-02-06T11:37:41\.00000[05]Z$/);
      expect(await read(['Utmp dump of /var/log/wtmp', ...rows])).toMatchObject([
        { kind: 'boot', kernel: '6.1.0', at },
        { kind: 'login', ...session, pid: 77, at },
        { kind: 'logout', tty: 'pts/0', pid: 77, at },
        { kind: 'shutdown', how: 'shutdown', at },
      ]);
    },
  );
});

describe('last', () => {
  it('prints with -x -F when a session began and ended', async () => {
    expect(
      await read([
        'al       pts/0        10.0.0.5         Fri Feb  6 11:37:41 2026 - Fri Feb  6 11:40:05 2026  (00:02)',
        'runlevel (to lvl 5)   6.1.0-18-amd64   Fri Feb  6 11:00:10 2026 - Fri Feb  6 12:00:00 2026  (01:00)',
        'shutdown system down  6.1.0-18-amd64   Fri Feb  6 10:59:00 2026 - Fri Feb  6 11:00:00 2026  (00:01)',
        'reboot   system boot  6.1.0-18-amd64   Fri Feb  6 11:00:00 2026   still running',
        '',
        'wtmp begins Fri Feb  6 10:00:00 2026',
      ]),
    ).toMatchObject([
      { kind: 'login', ...session, at: '2026-02-06T11:37:41.000Z' },
      { kind: 'logout', ...session, at: '2026-02-06T11:40:05.000Z' },
      { kind: 'shutdown', at: '2026-02-06T10:59:00.000Z' },
      { kind: 'boot', kernel: '6.1.0-18-amd64', at: '2026-02-06T11:00:00.000Z' },
    ]);
  });

  it.each<[string, string | null]>([
    ['- 11:40  (00:03)', '2026-02-06T11:40:00.000Z'],
    ['- 11:40 (2+00:03)', '2026-02-08T11:40:00.000Z'],
    ['- down   (00:03)', '2026-02-06T11:40:00.000Z'],
    ['- crash  (00:03)', null],
    ['  still logged in', null],
    ['  gone - no logout', null],
  ])('prints without a year: %s', async (end, at) => {
    const login = { kind: 'login', ...session, at: '2026-02-06T11:37:00.000Z' };
    const row = `al       pts/0        10.0.0.5         Fri Feb  6 11:37 ${end}`;
    const logout = at === null ? [] : [{ kind: 'logout', ...session, at }];
    expect(await read([row])).toMatchObject([login, ...logout]);
  });

  it('prints the host at the end with -a, and none on the console', async () => {
    expect(
      await read([
        'al       pts/0        Fri Feb  6 11:37 - 11:40  (00:03)     10.0.0.5',
        'al       tty1                          Fri Feb  6 11:37   still logged in',
      ]),
    ).toMatchObject([
      { kind: 'login', ...session },
      { kind: 'logout', ...session },
      { kind: 'login', tty: 'tty1', from: null },
    ]);
  });

  it('of a btmp prints failures', async () => {
    const row = 'admin    ssh:notty    10.0.0.5         Fri Feb  6 11:37 - 11:37  (00:00)';
    const failure = [{ kind: 'login-failed', user: 'admin', from: '10.0.0.5' }];
    expect(await read([row])).toMatchObject(failure);
    expect(await read([row.replace('ssh:notty', 'tty1     ')], 'btmp')).toMatchObject(failure);
  });
});

it('takes any words between them, and says only what the schema allows', async () => {
  const words = fc.constantFrom(
    'al       pts/0        10.0.0.5         ',
    'reboot   system boot  ',
    'Fri Feb  6 11:37 ',
    '- 99:99  (99+99:99)',
    '[7] [00077] [ts/0] ',
    '[2026-02-06T11:37:41,000005+00:00]',
    'still logged in',
  );
  const line = fc
    .array(fc.oneof(words, fc.string({ unit: 'binary', maxLength: 9 })), { maxLength: 6 })
    .map((parts) => parts.join('').replaceAll('\n', ' '));
  const first = 'al       pts/0        10.0.0.5         Fri Feb  6 11:37   still logged in';
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 8 }), async (lines) => {
      for (const event of await read([first, ...lines]))
        expect(Event.safeParse({ ...event, id: 'property-test' }).error).toBeUndefined();
    }),
  );
});
