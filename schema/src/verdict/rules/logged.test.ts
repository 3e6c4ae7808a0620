import { describe, expect, it } from 'vitest';
import type { DeathEvent } from '../../event/death.ts';
import type { Event, EventKind } from '../../event/event.ts';
import { judge } from '../judge.ts';
import { aCase, aDeath, aProcess, aSignal, before } from '../testing/case.ts';

const told = (kind: EventKind, facts: object, ms = 1): Event =>
  ({ kind, id: `${kind}-${ms}`, source: 'log', at: before(ms).at, ...facts }) as Event;

const segfault = (source: string) =>
  told('crash', { pid: 4121, comm: 'nginx', trap: 'segfault', object: 'libc.so.6', source });
const core = (signal: string | null) => told('coredump', { pid: 4121, comm: 'nginx', signal });
const abend = told('abnormal-end', { pid: 4121, comm: 'nginx', signal: 'SIGBUS' });
const daemon = (facts: object) =>
  told('oom-daemon-kill', {
    daemon: 'systemd-oomd',
    pid: null,
    comm: null,
    cgroup: null,
    unit: null,
    signal: 'SIGKILL',
    ...facts,
  });
const accounting = (facts: object) =>
  told('process-accounting', { source: 'pacct', pid: 4121, comm: 'nginx', ...facts });
const watchdog = (ms: number) => unit({ state: 'watchdog', result: 'watchdog' }, ms);
const stopping = (ms: number) => unit({ state: 'stopping' }, ms);
const unit = (facts: object, ms = 1) => told('unit', { unit: 'nginx.service', ...facts }, ms);

/** Known from a log: no signal on record, no common clock but the wall's. */
const logged = (signal: string | null): DeathEvent => ({
  ...aDeath({
    source: 'log',
    signals: [],
    exit: { code: null, signal, coreDumped: false },
    victim: aProcess({ pid: 4121, comm: 'nginx', unit: 'nginx.service' }),
  }),
  bootUs: null,
});

describe('from logs alone', () => {
  it.each<[string, string, DeathEvent, Event[]]>([
    ['crash', 'proven', logged('SIGSEGV'), [segfault('kmsg')]],
    ['crash', 'proven', logged('SIGSEGV'), [segfault('log'), core('SIGSEGV')]],
    ['crash', 'likely', logged('SIGSEGV'), [segfault('log')]],
    ['crash', 'likely', logged('SIGSEGV'), [core('SIGSEGV')]],
    ['crash', 'likely', logged('SIGBUS'), [abend]],
    ['crash', 'likely', logged('SIGSEGV'), [unit({ state: 'process-exited', code: 'dumped' })]],
    ['crash', 'possible', logged(null), [core(null)]],
    ['abort', 'likely', logged('SIGABRT'), [core('SIGABRT')]],
    ['seccomp', 'likely', logged('SIGSYS'), [core('SIGSYS')]],
    ['oom-daemon', 'likely', logged('SIGTERM'), [daemon({ pid: 4121, signal: 'SIGTERM' })]],
    ['oom-daemon', 'likely', logged('SIGKILL'), [daemon({ unit: 'nginx.service' })]],
    ['oom-daemon', 'possible', logged('SIGKILL'), [daemon({ pid: 113 })]],
    ['service-timeout', 'likely', logged('SIGKILL'), [unit({ state: 'timeout' })]],
    ['service-timeout', 'likely', logged('SIGABRT'), [watchdog(50), core('SIGABRT')]],
    ['service-timeout', 'likely', logged('SIGABRT'), [watchdog(40_000), core('SIGABRT')]],
    ['service-timeout', 'likely', logged('SIGKILL'), [unit({ result: 'timeout' }, -2_000)]],
    ['service-stopped', 'likely', logged('SIGTERM'), [unit({ state: 'stopping' })]],
    ['service-stopped', 'possible', logged('SIGKILL'), [unit({ state: 'stopping' }, 90_000)]],
    // The time-out of another instance, or of what was no time-out.
    ['abort', 'likely', logged('SIGABRT'), [watchdog(100_000), core('SIGABRT')]],
    ['unknown', 'unknown', logged('SIGKILL'), [unit({ state: 'timeout' }, 100_000)]],
    ['unknown', 'unknown', logged('SIGKILL'), [unit({ state: 'timeout' }, -30_000)]],
    [
      'unknown',
      'unknown',
      logged('SIGTERM'),
      [stopping(20_000), unit({ state: 'started' }, 9_000)],
    ],
    ['crash', 'proven', logged('SIGSEGV'), [unit({ state: 'timeout' }), segfault('kmsg')]],
    ['oom-cgroup', 'possible', logged('SIGKILL'), [unit({ state: 'oom' })]],
    ['exit-ok', 'likely', logged(null), [accounting({ exitCode: 0 })]],
    ['exit-error', 'likely', logged(null), [accounting({ exitCode: 3 })]],
    ['crash', 'possible', logged('SIGSEGV'), [accounting({ signal: 'SIGSEGV', coreDumped: true })]],
    // Nothing says why.
    ['unknown', 'unknown', logged(null), [accounting({ signal: 'SIGKILL' })]],
    ['unknown', 'unknown', logged(null), [accounting({ exitCode: 0, comm: 'other' })]],
    ['unknown', 'unknown', logged('SIGSEGV'), [accounting({ signal: 'SIGSEGV' })]],
    ['unknown', 'unknown', logged('SIGKILL'), []],
    ['unknown', 'unknown', logged('SIGQUIT'), [core('SIGQUIT')]],
    ['unknown', 'unknown', logged('SIGKILL'), [unit({ state: 'process-exited', code: 'killed' })]],
    ['unknown', 'unknown', logged('SIGTERM'), [unit({ state: 'stopping' }, -3_000)]],
    ['unknown', 'unknown', logged('SIGTERM'), [unit({ state: 'stopping', unit: 'other.service' })]],
    ['unknown', 'unknown', logged('SIGKILL'), [daemon({ pid: 113, comm: 'other' })]],
  ])('%s is %s', (cause, confidence, death, evidence) => {
    const { answer } = judge(aCase(death, ...evidence));
    expect(answer.verdict).toMatchObject({ cause, confidence });
    expect(answer.actor).toBeNull();
  });

  it('cites what it rests on', () => {
    const { answer } = judge(aCase(logged('SIGSEGV'), segfault('log'), core('SIGSEGV')));
    expect(answer.evidence.map(({ kind }) => kind)).toEqual(['crash', 'coredump', 'death']);
    expect(answer.verdict.summary).toMatch(
      /crashed with SIGSEGV .*: segfault in libc.so.6, according to the kernel's log and systemd-coredump\.$/,
    );
  });
});

it('what the kernel recorded is never overruled by a log', () => {
  const death = aDeath({ signals: [aSignal()] });
  const { answer } = judge(aCase(death, segfault('kmsg'), daemon({ pid: 4121 }), core('SIGSEGV')));
  expect(answer.verdict.cause).toBe('signal-from-process');
});
