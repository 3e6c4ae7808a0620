import { describe, expect, it } from 'vitest';
import type { Ancestor, Process } from '../../process.ts';
import { aProcess } from '../testing/case.ts';
import { stepsOf } from './steps.ts';
import { toolOf } from './tool.ts';

let lastPid = 1000;
const user = (comm: string, name: string): Ancestor => {
  lastPid += 1;
  return { pid: lastPid, comm, user: name };
};
const below = (...ancestry: Ancestor[]): Process =>
  aProcess({ pid: 999, comm: 'kill', user: ancestry[0]?.user ?? 'root', ancestry });

describe('who became whom', () => {
  const steps = (...ancestry: Ancestor[]) =>
    stepsOf(below(...ancestry)).map(({ name, from, to }) => `${from} > ${to} by ${name}`);

  it('through sudo with a monitor of its own, and su run by it', () => {
    const alice = user('bash', 'alice');
    expect(steps(user('bash', 'root'), user('sudo', 'root'), user('sudo', 'root'), alice)).toEqual([
      'alice > root by sudo',
    ]);
    expect(steps(user('sh', 'bob'), user('su', 'root'), user('sudo', 'root'), alice)).toEqual([
      'alice > root by sudo',
      'root > bob by su',
    ]);
  });

  it('is not said of whom sudo hides, and of a sudo that changes nothing', () => {
    const alice = user('bash', 'alice');
    expect(steps(user('sh', 'root'), user('sudo', 'root'), user('su', 'alice'), alice)).toEqual([
      'alice > null by su',
      'null > root by sudo',
    ]);
    expect(steps(user('bash', 'root'), user('sudo', 'root'), user('bash', 'root'))).toEqual([]);
  });
});

it('a multiplexer, ansible, a script of run-parts: from the root down', () => {
  const module = [
    '/usr/bin/python3',
    '/home/deploy/.ansible/tmp/ansible-tmp-17/AnsiballZ_command.py',
  ];
  const ancestry: Ancestor[] = [
    { pid: 5, comm: 'job', cmdline: ['/bin/sh', '/etc/cron.daily/job'] },
    { pid: 4, comm: 'run-parts', cmdline: ['run-parts', '--report', '/etc/cron.daily'] },
    { pid: 3, comm: 'python3', cmdline: module },
    { pid: 2, comm: 'tmux: server' },
  ];
  expect(stepsOf(below(...ancestry)).map(({ type, name }) => [type, name])).toEqual([
    ['multiplexer', 'tmux'],
    ['orchestration', 'ansible'],
    ['script', '/etc/cron.daily/job'],
  ]);
});

describe('the tool', () => {
  const shell = (cmdline: string[], facts: Partial<Process> = {}) =>
    aProcess({
      pid: 7,
      comm: 'bash',
      exe: '/usr/bin/bash',
      sid: 7,
      tty: 'pts/1',
      cmdline,
      ...facts,
    });
  const how = (process: Process, signal = 'SIGKILL') => toolOf(process, signal)?.how ?? null;

  it('is typed into a shell that a person sits at, and built into any other', () => {
    expect(how(shell(['-bash']))).toBe('typed kill in bash');
    expect(how(shell(['bash', '-l']))).toBe('typed kill in bash');
    const builtin = 'by the kill built into bash';
    expect(how(shell(['bash', '-c', 'kill -9 1']))).toBe(builtin);
    expect(how(shell(['bash', 'night.sh']))).toBe(builtin);
    expect(how(shell(['bash'], { sid: 3 }))).toBe(builtin);
    expect(how(shell(['-bash'], { tty: null }))).toBe(builtin);
  });

  it('is not said of the hangup that a shell hands on, nor of an impostor', () => {
    expect(how(shell(['-bash']), 'SIGHUP')).toBeNull();
    expect(how(aProcess({ pid: 7, comm: 'top', exe: '/usr/bin/top' }))).toBe('pressed k in top');
    expect(how(aProcess({ pid: 7, comm: 'top', exe: '/tmp/evil' }))).toBeNull();
  });
});
