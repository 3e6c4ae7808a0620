import { expect, it } from 'vitest';
import type { RawEvent } from '../source.ts';
import type { SpoolRecord } from '../spool/record.ts';
import { finisher } from './finished.ts';
import { pipeline } from './pipeline.ts';

const host = { name: 'web-3', bootId: 'boot-1', kernel: '6.1', os: 'Debian' };

function pipelineInto(records: SpoolRecord[], errors: string[] = [], known: string[] = []) {
  return pipeline({
    finish: finisher(host, (event) => {
      if (event.kind === 'login') throw new Error('no such thing');
      return event;
    }),
    append: (record) => records.push(record),
    known,
    onError: (error, { kind }) => errors.push(`${kind}: ${error.message}`),
  });
}

const command = (text: string): RawEvent => ({
  kind: 'shell-command',
  source: 'shell-history',
  at: '2026-11-23T03:12:07.000Z',
  command: text,
});

it('takes secrets out before anything is stored, and puts the id into the event', () => {
  const records: SpoolRecord[] = [];
  pipelineInto(records)(command('mysql --password=hunter2'));
  const [record] = records;
  expect(record?.json).not.toContain('hunter2');
  expect(record?.json).toContain('[redacted]');
  expect(JSON.parse(record?.json ?? '')).toMatchObject({ id: record?.id });
  expect(record).toMatchObject({ atMs: Date.UTC(2026, 10, 23, 3, 12, 7), lost: 0 });
});

it('takes the same fact once, also when an earlier run took it', () => {
  const first: SpoolRecord[] = [];
  const emit = pipelineInto(first);
  emit(command('ls'));
  emit(command('ls'));
  emit(command('pwd'));
  expect(first).toHaveLength(2);
  const second: SpoolRecord[] = [];
  pipelineInto(
    second,
    [],
    first.map(({ id }) => id),
  )(command('ls'));
  expect(second).toEqual([]);
});

it('an event that cannot be taken stops nothing', () => {
  const records: SpoolRecord[] = [];
  const errors: string[] = [];
  const emit = pipelineInto(records, errors);
  emit({ kind: 'login', source: 'wtmp', at: null, user: 'alice' });
  emit(command('ls'));
  expect(errors).toEqual(['login: no such thing']);
  expect(records).toHaveLength(1);
});
