import { describe, expect, it } from 'vitest';
import type { Event, EventOf } from '../../event/event.ts';
import { judge } from '../judge.ts';
import { aCase, aProcess, aSignal, before, killedBy } from '../testing/case.ts';
import { cronOrigin } from './cron.ts';

const act = before(0);
const anHourMs = 3_600_000;
const aMinuteMs = 60_000;

type Job = EventOf<'cron-job'>;

/** A line that stands in its crontab since an hour before. */
const line = (facts: Partial<Job> = {}): Job => ({
  kind: 'cron-job',
  id: 'a-cron-line',
  source: 'crontab',
  at: before(anHourMs).at,
  file: '/etc/cron.d/cleanup',
  line: 3,
  user: 'root',
  schedule: '* * * * *',
  command: 'cd /srv && pkill -9 -f "python worker" >/dev/null 2>&1',
  nextRun: null,
  timeZone: 'UTC',
  ...facts,
});

/** A process of a job that cron started ten seconds before. */
const started = before(10_000);
const shell = (command: string) =>
  aProcess({
    pid: 999,
    comm: 'pkill',
    user: 'root',
    ancestry: [
      { pid: 901, comm: 'sh', startUs: started.bootUs, cmdline: ['/bin/sh', '-c', command] },
      { pid: 900, comm: 'cron' },
      { pid: 800, comm: 'cron' },
    ],
  });
const replaced = (...cmdline: string[]) =>
  aProcess({
    pid: 901,
    comm: 'pkill',
    user: 'root',
    startUs: started.bootUs,
    cmdline,
    ancestry: [
      { pid: 900, comm: 'cron' },
      { pid: 800, comm: 'cron' },
    ],
  });
const below = shell(line().command);

const lineOf = (events: Event[], process = below) => {
  const origin = cronOrigin(process, events, act)?.origin;
  return origin?.type === 'cron' && origin.file !== null ? origin.line : null;
};

describe('the line behind a process of cron', () => {
  it('is known although the shell became its last command', () => {
    expect(lineOf([line()], replaced('pkill', '-9', '-f', 'python worker'))).toBe(3);
    expect(lineOf([line()], replaced('pkill', '-9', '-f', 'python', 'worker'))).toBeNull();
    expect(lineOf([line({ command: "pkill  -9 'x y'" })], replaced('pkill', '-9', 'x y'))).toBe(3);
  });

  it('is the one that stood there when the job began', () => {
    const removed = line({ at: before(5 * aMinuteMs).at, removed: true });
    expect(lineOf([line(), removed])).toBeNull();
    const edited = line({ at: before(5_000).at, removed: true });
    expect(lineOf([line(), edited])).toBe(3);
    const later = line({ line: 7, at: before(5_000).at });
    expect(lineOf([line(), edited, later])).toBe(3);
    const back = line({ at: before(2 * aMinuteMs).at });
    expect(lineOf([line(), removed, back])).toBe(3);
  });

  it('is the one that stood there, although the clock was set back since it was written', () => {
    const anHourAhead = new Date(Date.parse(act.at) + anHourMs).toISOString();
    const written = { at: anHourAhead, bootUs: before(5 * aMinuteMs).bootUs };
    const removed = line({ ...written, removed: true });
    const moved = line({ ...written, line: 7 });
    expect(lineOf([line(), removed, moved])).toBe(7);
    expect(lineOf([moved])).toBe(7);
    const later = line({ at: before(anHourMs).at, bootUs: before(5_000).bootUs });
    expect(lineOf([later])).toBeNull();
  });

  it('of several with one command: of the user, then the one that was due', () => {
    const bobs = line({ file: '/var/spool/cron/crontabs/bob', line: 1, user: 'bob' });
    expect(lineOf([line(), bobs])).toBe(3);
    const otherTime = line({ line: 9, schedule: '30 4 * * *' });
    expect(lineOf([line(), otherTime])).toBe(3);
    const twin = line({ line: 4 });
    expect(lineOf([line(), twin])).toBeNull();
  });

  it('is known by what cron itself logged', () => {
    const run: Event = {
      kind: 'cron-run',
      id: 'a-cron-run',
      source: 'log',
      at: started.at,
      pid: 901,
      user: 'root',
      command: './night.sh',
    };
    const script = line({ command: './night.sh', line: 5 });
    const process = replaced('/bin/bash', './night.sh');
    expect(lineOf([script, run], process)).toBe(5);
    const old = { ...run, at: before(anHourMs).at };
    expect(lineOf([script, old], process)).toBeNull();
  });

  it('is known by the start of a command that is longer than what was recorded', () => {
    const command = `kill -9 ${'1234 '.repeat(100)}`.trim();
    expect(lineOf([line({ command })], shell(`${command.slice(0, 300)}…`))).toBe(3);
  });

  it('is not known without a record, and says what ran', () => {
    expect(cronOrigin(replaced('kill', '-9', '7'), [], act)?.origin).toMatchObject({
      type: 'cron',
      file: null,
      command: 'kill -9 7',
    });
  });
});

describe('a line that was changed', () => {
  const command = line().command;
  const by = aProcess({
    ...{ pid: 70, comm: 'crontab', cmdline: ['crontab', '-e'], user: 'root' },
    ...{ auditUser: 'alice', remote: '10.0.0.5', tty: 'pts/2' },
  });
  const changedAt = before(anHourMs).at;
  const originOf = (facts: Partial<Job>) => cronOrigin(shell(command), [line(facts)], act)?.origin;

  it('has who did it, and when', () => {
    expect(originOf({ changedAt, changedBy: by })).toMatchObject({
      changedAt,
      changedBy: {
        ...{ user: 'alice', command: 'crontab -e', pid: 70, from: '10.0.0.5', tty: 'pts/2' },
      },
    });
    expect(originOf({ changedAt })).not.toHaveProperty('changedBy');
    expect(originOf({ changedBy: by })).not.toHaveProperty('changedBy');
  });

  it('is said to be where that was within the day', () => {
    const said = (facts: Partial<Job>) => {
      const death = killedBy(aSignal({ current: shell(command) }));
      return judge(aCase(death, line(facts))).answer.verdict.summary;
    };
    expect(said({ changedAt, changedBy: by })).toContain(
      ', schedule * * * * *, changed 1 h before by alice from 10.0.0.5)',
    );
    expect(said({ changedAt })).toContain(', changed 1 h before)');
    const days = before(48 * anHourMs).at;
    expect(said({ at: days, changedAt: days, changedBy: by })).not.toContain('changed');
    expect(said({})).not.toContain('changed');
  });
});
