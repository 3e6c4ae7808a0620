import type { RequestEvent } from '@coroner/schema/event/request';
import { expect, it } from 'vitest';
import type { RawEvent } from '../../source.ts';
import { changers } from './changers.ts';

const spool = '/var/spool/cron/crontabs';
const names = new Map([
  [1000, 'alice'],
  [0, 'root'],
]);
const changed = () =>
  changers(
    (uid) => names.get(uid) ?? null,
    (folder) => folder === spool,
  );
const at = (second: number): string => `2026-08-02T03:00:${String(second).padStart(2, '0')}.000Z`;

const ran = (facts: Partial<RequestEvent> & { pid?: number; uid?: number } = {}): RawEvent => {
  const { pid = 70, uid = 1000, ...rest } = facts;
  const by = {
    pid,
    comm: 'crontab',
    startUs: pid * 1000,
    uid,
    cmdline: ['crontab', '-e'],
    ancestry: [],
  };
  const told = { source: 'probe' as const, at: at(10), bootUs: 10_000_000, by };
  return { kind: 'request', ...told, of: 'crontab', action: 'edit', targets: [], ...rest };
};
const over = (second: number) => ({ endedUs: second * 1_000_000, exitCode: 0 });

it.each<[string, RawEvent, string | null]>([
  ['that runs', ran(), 'alice'],
  ['that ended just then', ran(over(20)), 'alice'],
  ['of root, for her', ran({ uid: 0, targets: ['alice'] }), 'alice'],
  ['with the file in an editor', ran({ targets: [`${spool}/alice`] }), 'alice'],
  ['that had ended', ran(over(19)), null],
  ['that began later', ran({ at: at(21) }), null],
  ['of another', ran({ uid: 0 }), null],
  ['for another', ran({ targets: ['bob'] }), null],
])('a crontab(1) %s', (_, event, owner) => {
  const changes = changed();
  changes.heard(event);
  expect(changes.of(`${spool}/alice`, at(20))?.pid ?? null).toBe(owner === null ? null : 70);
  expect(changes.of('/etc/cron.d/alice', at(20))).toBeNull();
});

it('of two who may have done it nobody is named, of a crontab(1) and its editor the first', () => {
  const both = changed();
  both.heard(ran());
  both.heard(ran({ pid: 71, uid: 0, targets: ['alice'] }));
  expect(both.of(`${spool}/alice`, at(20))).toBeNull();
  const one = changed();
  one.heard(ran());
  const by = { pid: 72, comm: 'vim', ancestry: [{ pid: 70, comm: 'crontab' }] };
  one.heard({ ...ran({ targets: [`${spool}/alice`] }), by } as RawEvent);
  expect(one.of(`${spool}/alice`, at(20))?.pid).toBe(70);
});

it('takes the word of the journal where the command was not seen, and of no text log', () => {
  const line: RawEvent = {
    ...{ kind: 'cron-change', source: 'journal', at: at(20), pid: 70 },
    ...{ user: 'root', owner: 'alice', action: 'replace' },
  };
  const told = changed();
  told.heard(line);
  expect(told.of(`${spool}/alice`, at(19))).toMatchObject({ pid: 70, auditUser: 'root' });
  expect(told.of(`${spool}/alice`, at(25))).toBeNull();
  const forged = changed();
  forged.heard({ ...line, source: 'log' });
  forged.heard({ ...line, action: 'begin-edit' });
  expect(forged.of(`${spool}/alice`, at(20))).toBeNull();
});
