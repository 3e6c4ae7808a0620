import { expect, test } from 'vitest';
import { type LoginRecord, loginsOf } from './sessions.ts';

const at = (second: number): string => new Date(Date.UTC(2026, 7, 1, 3, 0, second)).toISOString();

function record(id: string, second: number, facts: Partial<LoginRecord['event']>): LoginRecord {
  return {
    id,
    host: 'web-3',
    at: at(second),
    event: { kind: 'login', id, source: 'log', at: at(second), user: 'alice', ...facts },
  };
}

test('sshd, PAM, logind and wtmp tell of one login together', () => {
  const logins = loginsOf([
    record('wtmp', 2, { tty: 'pts/2', pid: 882, from: '10.0.0.5' }),
    record('sshd', 0, { pid: 880, from: '10.0.0.5', service: 'sshd', method: 'publickey' }),
    record('pam', 1, { pid: 880, service: 'sshd' }),
    record('logind', 1, { pid: 880, session: '7' }),
  ]);
  expect(logins).toEqual([
    {
      id: 'sshd',
      host: 'web-3',
      start: at(0),
      user: 'alice',
      tty: 'pts/2',
      from: '10.0.0.5',
      service: 'sshd',
      method: 'publickey',
      sessionId: '7',
      pids: [880, 882],
      ports: [],
      eventIds: ['sshd', 'logind', 'pam', 'wtmp'],
    },
  ]);
});

test.each<[string, Partial<LoginRecord['event']>, Partial<LoginRecord['event']>]>([
  ['processes', { pid: 1, from: '10.0.0.5' }, { pid: 2, from: '10.0.0.5' }],
  ['sessions', { pid: 1, session: 1 }, { pid: 1, session: 2 }],
  ['users', { pid: 1 }, { pid: 1, user: 'bob' }],
  ['terminals', { tty: 'pts/1', pid: 1, from: 'a' }, { tty: 'pts/2', pid: 2, from: 'a' }],
])('different %s are different logins', (_what, one, other) => {
  expect(loginsOf([record('a', 0, one), record('b', 1, other)])).toHaveLength(2);
});

test.each<[string, Partial<LoginRecord['event']>, Partial<LoginRecord['event']>]>([
  ['the journal and a text log', { pid: 880, source: 'journal' }, { pid: 880 }],
  ['one connection', { pid: 880, from: 'a', port: 50_022 }, { pid: 882, from: 'a', port: 50_022 }],
  ['the counts of logind and audit', { pid: 880, session: 'c1' }, { pid: 880, session: 7 }],
])('%s tell of one login', (_what, one, other) => {
  expect(loginsOf([record('a', 0, one), record('b', 1, other)])).toHaveLength(1);
});

test('a process id that comes back later is another login', () => {
  expect(loginsOf([record('a', 0, { pid: 1 }), record('b', 30, { pid: 1 })])).toHaveLength(2);
});
