import { describe, expect, it } from 'vitest';
import { parseQuestion } from './parse-question.ts';

/** A Monday, 10:00 in Berlin. */
const asked = { now: new Date('2026-11-23T09:00:00Z'), timezone: 'Europe/Berlin' };

interface Row {
  process?: string;
  pid?: number;
  host?: string;
  /** UTC. */
  at?: string;
  phrase?: string;
}

const table: [string, Row][] = [
  [
    'why did nginx die on web-3 last night?',
    { process: 'nginx', host: 'web-3', at: '2026-11-22T23:00:00.000Z' },
  ],
  ['who killed pid 4121', { pid: 4121 }],
  [
    'what killed java on db-2 around 3am',
    { process: 'java', host: 'db-2', at: '2026-11-23T02:00:00.000Z' },
  ],
  ['why did X die', { process: 'X' }],
  [
    'what happened to postgres 10 minutes ago on db1',
    { process: 'postgres', host: 'db1', at: '2026-11-23T08:50:00.000Z' },
  ],
  ['nginx web-3', { process: 'nginx', host: 'web-3' }],
  ['web-3 nginx', { process: 'nginx', host: 'web-3' }],
  ['nginx', { process: 'nginx' }],
  ['nginx?', { process: 'nginx' }],
  ['Why did nginx die?', { process: 'nginx' }],
  ['why did the nginx process die on web-3', { process: 'nginx', host: 'web-3' }],
  ['why was nginx killed on host web-3', { process: 'nginx', host: 'web-3' }],
  ['who killed nginx', { process: 'nginx' }],
  [
    'who killed the nginx process on web-3.example.com?',
    { process: 'nginx', host: 'web-3.example.com' },
  ],
  ['who killed process 4121 on web-3', { pid: 4121, host: 'web-3' }],
  ['why did pid=4121 exit', { pid: 4121 }],
  ['why did 4121 die', { pid: 4121 }],
  ['who killed 4121 on db-2', { pid: 4121, host: 'db-2' }],
  ['nginx[4121] on web-3', { process: 'nginx', pid: 4121, host: 'web-3' }],
  ['why did nginx (4121) die', { process: 'nginx', pid: 4121 }],
  [
    'why did nginx (pid 4121) die on web-3 at 03:12:07',
    { process: 'nginx', pid: 4121, host: 'web-3', at: '2026-11-23T02:12:07.000Z' },
  ],
  ['what happened with "my worker" on web-3', { process: 'my worker', host: 'web-3' }],
  ['why did `node server.js` crash', { process: 'node server.js' }],
  ["why did 'php-fpm: pool www' die", { process: 'php-fpm: pool www' }],
  ['why did php-fpm die yesterday', { process: 'php-fpm', at: '2026-11-22T11:00:00.000Z' }],
  [
    'why did postgres crash on monday at 4am on db-2',
    { process: 'postgres', host: 'db-2', at: '2026-11-23T03:00:00.000Z' },
  ],
  [
    'what killed redis-server at 2026-11-20T03:12:07Z on cache-10',
    { process: 'redis-server', host: 'cache-10', at: '2026-11-20T03:12:07.000Z' },
  ],
  [
    'why did kube-apiserver restart at 11pm',
    { process: 'kube-apiserver', at: '2026-11-22T22:00:00.000Z' },
  ],
  ['nginx.service on web-3', { process: 'nginx.service', host: 'web-3' }],
  ['why did getty@tty1.service stop', { process: 'getty@tty1.service' }],
  ['nginx@web-3', { process: 'nginx', host: 'web-3' }],
  ['why is mysqld down on db-2', { process: 'mysqld', host: 'db-2' }],
  [
    'mysqld died on db-2 an hour ago',
    { process: 'mysqld', host: 'db-2', at: '2026-11-23T08:00:00.000Z' },
  ],
  ['mysqld was oom killed on db-2', { process: 'mysqld', host: 'db-2' }],
  ['what happened on web-3 last night', { host: 'web-3', at: '2026-11-22T23:00:00.000Z' }],
  ['what died on web-3?', { host: 'web-3' }],
  ['show me the latest deaths on web-3', { host: 'web-3' }],
  [
    'tell me why celery vanished in the last hour',
    { process: 'celery', at: '2026-11-23T09:00:00.000Z' },
  ],
  ['why did sun die', { process: 'sun' }],
  ['why did sshd die on the 10.0.0.5 host', { process: 'sshd', host: '10.0.0.5' }],
  ['why did /usr/sbin/nginx die', { process: '/usr/sbin/nginx' }],
  ['why did python3.11 die on web_3', { process: 'python3.11', host: 'web_3' }],
  [
    'hey, can you tell me who killed java on db-2 this morning please',
    { process: 'java', host: 'db-2', at: '2026-11-23T06:00:00.000Z' },
  ],
  ['java oom db-2', { process: 'java', host: 'db-2' }],
  ["why did web-3's nginx die", { process: 'nginx', host: 'web-3' }],
  [
    'why did nginx on web-3 die last night at 3:12',
    { process: 'nginx', host: 'web-3', at: '2026-11-23T02:12:00.000Z' },
  ],
  [
    'why did nginx die on web-3 yesterday at 23:30',
    { process: 'nginx', host: 'web-3', at: '2026-11-22T22:30:00.000Z' },
  ],
  ['why did nginx stop working just now', { process: 'nginx', at: '2026-11-23T09:00:00.000Z' }],
  ['what was the cause of death of cron', { process: 'cron' }],
  ['who murdered systemd-journald', { process: 'systemd-journald' }],
  ['and on web-4?', { host: 'web-4' }],
  ['what about postgres?', { process: 'postgres' }],
  ['', {}],
  ['hello', {}],
  ['help', {}],
  ['???', {}],
];

describe('parseQuestion', () => {
  it.each(table)('%s', (text, row) => {
    const { question } = parseQuestion(text, asked);
    expect({ ...question, when: question.when?.at ?? null }).toEqual({
      process: row.process ?? null,
      pid: row.pid ?? null,
      host: row.host ?? null,
      when: row.at ?? null,
    });
  });

  it('covers a span of time, so that an answer outside of it can be told', () => {
    const { question } = parseQuestion('why did nginx die last night', asked);
    expect(question.when).toMatchObject({
      from: '2026-11-22T17:00:00.000Z',
      until: '2026-11-23T05:00:00.000Z',
      phrase: 'last night',
    });
  });

  it('knows a follow-up', () => {
    expect(parseQuestion('and on web-4?', asked).followUp).toBe(true);
    expect(parseQuestion('why did nginx die', asked).followUp).toBe(false);
  });

  it('survives long and hostile text', () => {
    for (const text of ['x'.repeat(200_000), '\u0000\n\u202e', '((((', '$&', '"'.repeat(999)]) {
      expect(() => parseQuestion(text, asked)).not.toThrow();
    }
  });
});
