import { join } from 'node:path';
import { Event } from '@coroner/schema/event/event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RawEvent } from '../../source.ts';
import { readShellHistory } from './shell-history.ts';

/** Root's home lies outside of /home: its name is known all the same. */
const historyOfRoot = (shell: string): string => join('/root', `.${shell}_history`);

async function read(content: string | Uint8Array, file = '/home/alice/.bash_history') {
  async function* chunks() {
    yield Buffer.from(content as Uint8Array);
  }
  const events: RawEvent[] = [];
  for await (const event of readShellHistory(chunks(), { file, now: new Date() }))
    events.push(event);
  return events;
}

const first = '2026-09-21T14:13:20.000Z';

describe('bash', () => {
  it('without times gives each line, with its number', async () => {
    expect(await read('ls\n\nkill -9 4121\n# a comment\n')).toMatchObject([
      { user: 'alice', shell: 'bash', command: 'ls', line: 1, at: null },
      { command: 'kill -9 4121', line: 3 },
      { command: '# a comment', line: 4 },
    ]);
  });

  it('with times joins the lines between them', async () => {
    const text = '#1790000000\nfor i in 1 2\ndo kill $i\ndone\n#1790000060\npkill -f x\n';
    expect(await read(text, historyOfRoot('bash'))).toMatchObject([
      { user: 'root', at: first, command: 'for i in 1 2\ndo kill $i\ndone', line: 2 },
      { at: '2026-09-21T14:14:20.000Z', command: 'pkill -f x', line: 6 },
    ]);
  });

  it('with times that came later gives each to the next line', async () => {
    expect(await read('ls\n#1790000000\npwd\nid\n')).toMatchObject([
      { command: 'ls', at: null },
      { command: 'pwd', at: first },
      { command: 'id', at: null },
    ]);
  });
});

it('reads zsh, its continuations and its own encoding of bytes', async () => {
  const text = Buffer.concat([
    Buffer.from(': 1790000000:0;echo a\\\nb\n: 1790000060:12;echo '),
    // é is c3 a9; zsh writes 0x83 before bytes of its token range: 0x83 0xb3 is 0x93.
    Buffer.from([0xe2, 0x80, 0x83, 0xb3]),
    Buffer.from('\nplain\n'),
  ]);
  expect(await read(text, '/home/bob/.zsh_history')).toMatchObject([
    { user: 'bob', shell: 'zsh', at: first, command: 'echo a\nb', line: 1 },
    { command: 'echo \u2013', line: 3 },
    { command: 'plain', at: null, line: 4 },
  ]);
});

it('reads fish', async () => {
  const text = '- cmd: kill -9 1 \\\\ x\\ny\n  when: 1790000000\n  paths:\n    - /x\n- cmd: ls\n';
  expect(await read(text, '/home/bob/.local/share/fish/fish_history')).toMatchObject([
    { user: 'bob', shell: 'fish', at: first, command: 'kill -9 1 \\ x\ny', line: 1 },
    { command: 'ls', at: null, line: 5 },
  ]);
});

it('reads tcsh, ash and files of no known name', async () => {
  expect(await read('#+1790000000\nls\n', '/home/bob/.history')).toMatchObject([
    { shell: 'tcsh', at: first, command: 'ls' },
  ]);
  expect(await read('ls\n', historyOfRoot('ash'))).toMatchObject([{ shell: 'ash', user: 'root' }]);
  expect(await read('ls\n', 'x')).toMatchObject([{ shell: null, user: null }]);
});

it('redacts', async () => {
  expect(await read('mysql -u root -phunter2 db\n')).toMatchObject([
    { command: 'mysql -u root -p[redacted] db' },
  ]);
});

it('never throws, whatever the bytes', async () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 12 }),
    fc
      .constantFrom(
        ...['\n', '\\', '#1790000000\n', ': 1:0;', '- cmd: ', '  when: 99999999999', '\x83'],
      )
      .map((text) => Buffer.from(text, 'latin1')),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { maxLength: 20 }),
      fc.constantFrom('.bash_history', '.zsh_history', 'fish_history', 'x'),
      async (pieces, file) => {
        for (const event of await read(Buffer.concat(pieces), file)) {
          expect(Event.safeParse({ ...event, id: '0'.repeat(32) }).error).toBeUndefined();
        }
      },
    ),
    { numRuns: 1000 },
  );
});
