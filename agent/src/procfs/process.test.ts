import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { cgroupPath, endFacts, procText, seenProcess, statFacts } from './process.ts';

it('reads a name with parentheses and spaces', () => {
  const rest = 'S 7 8 9 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 123 4';
  expect(statFacts(`42 (a) b) (c) ${rest}`)).toEqual({
    comm: 'a) b) (c',
    ppid: 7,
    pgid: 8,
    sid: 9,
    isKernelThread: false,
    startUs: 1_230_000,
  });
});

it.each([
  ['0::/system.slice/nginx.service\n', '/system.slice/nginx.service'],
  ['9:name=systemd:/s\n4:memory:/jobs/1\n1:cpu,cpuacct:/c\n0::/\n', '/jobs/1'],
  ['3:cpuset,memory:/m\n', '/m'],
  // A hybrid host: the controllers of v1, and a unified hierarchy without any.
  [
    '4:memory:/\n1:name=systemd:/system.slice/a.service\n0::/system.slice/a.service\n',
    '/system.slice/a.service',
  ],
  ['4:memory:/jobs/1\n0::/system.slice/a.service\n', '/system.slice/a.service'],
  // CentOS 7: no unified hierarchy, and memory accounted for by slice at most.
  ['4:memory:/\n1:name=systemd:/system.slice/a.service\n', '/system.slice/a.service'],
  ['4:memory:/system.slice\n1:name=systemd:/system.slice/a.service\n', '/system.slice/a.service'],
  ['4:memory:/docker/1\n1:name=systemd:/system.slice/docker.service\n', '/docker/1'],
  ['4:memory:/\n1:name=systemd:/\n0::/\n', '/'],
  ['', null],
])('cgroup of %j', (content, path) => {
  expect(cgroupPath(content)).toBe(path);
});

it('reads this process', () => {
  const own = seenProcess(process.pid);
  expect(own?.comm).toBe(readFileSync('/proc/self/comm', 'utf8').trimEnd());
  expect(own).toMatchObject({ ppid: process.ppid, uid: process.getuid?.(), isKernelThread: false });
});

it('reads how a process stands towards its end', () => {
  const living = procText('/proc/self/stat') as string;
  expect(endFacts(living)).toMatchObject({ isExiting: false, waitStatus: 0 });
  const zeros = Array(52).fill('0');
  const fields = Object.assign(zeros, { 0: '7', 1: '(x)', 2: 'Z', 8: '4228364', 51: '9' });
  expect(endFacts(fields.join(' '))).toEqual({ isExiting: true, threads: 0, waitStatus: 9 });
});
