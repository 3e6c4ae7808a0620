import picocolors from 'picocolors';
import { expect, it } from 'vitest';
import { memoryHierarchy } from './cgroups.ts';
import { type HostMemory, parsePressure } from './memory.ts';
import { type Candidate, rank } from './rank.ts';
import { riskTable } from './table.ts';

const memory: HostMemory = {
  totalKb: 1_048_576,
  availableKb: 524_288,
  swapTotalKb: 0,
  swapFreeKb: 0,
  commitLimitKb: 524_288,
  committedKb: 100_000,
  overcommitMemory: 0,
  overcommitRatio: 50,
  panicOnOom: 0,
  killAllocatingTask: false,
  oomKills: 3,
  pressure: null,
};
const hostile: Candidate = {
  pid: 7,
  comm: '\u001b[2J\nroot',
  uid: 0,
  cgroup: '/x',
  rssKb: 2048,
  swapKb: 0,
  pageTablesKb: 0,
  oomScoreAdj: -10,
  oomScore: 660,
  isKernelThread: false,
};
const options = { top: 5, columns: null, colors: picocolors.createColors(false) };
const table = (host: HostMemory, cgroupPath: string): string[] =>
  riskTable(
    {
      memory: host,
      host: rank([hostile], host.totalKb),
      cgroups: [
        {
          path: cgroupPath,
          limitKb: 4096,
          swapLimitKb: 0,
          usageKb: 4000,
          workingSetKb: 3900,
          nearness: 3900 / 4096,
          killsTogether: true,
          killDisabled: false,
          oomKills: 1,
          ranking: rank([], 4096),
        },
      ],
    },
    options,
  );

it('shows the host, the ranking and each limited cgroup', () => {
  const lines = table(memory, '/jobs').join('\n');
  expect(lines).toContain('memory 1 GiB, available 512 MiB');
  expect(lines).toMatch(/1 +7 +-8\.\d MiB +2 MiB +0 KiB +-10 +660 /);
  expect(lines).toContain('without idle file pages 3.8 MiB (95 %)');
  expect(lines).toContain('all are killed together');
});

it('nothing that a name holds reaches the terminal', () => {
  const lines = table(memory, '/jobs/\u001b]0;x\u0007\n/y');
  for (const line of lines) expect(line).not.toMatch(/[\u0000-\u001f]/);
});

it.each<[Partial<HostMemory>, string]>([
  [{ panicOnOom: 1 }, 'panics'],
  [{ killAllocatingTask: true }, 'oom_kill_allocating_task'],
  [{ overcommitMemory: 2 }, 'allocations fail'],
])('%j changes what happens, and is said', (facts, text) => {
  expect(table({ ...memory, ...facts }, '/jobs').join('\n')).toContain(text);
});

it('pressure is read where the kernel tells', () => {
  const line = (which: string) => `${which} avg10=1.50 avg60=0.25 avg300=0.00 total=12\n`;
  expect(parsePressure(line('some') + line('full'))).toMatchObject({
    some: { avg10: 1.5, avg60: 0.25 },
  });
  expect(parsePressure(null)).toBeNull();
  expect(parsePressure('some nonsense')).toBeNull();
});

it.each([
  [
    'a hierarchy of v1',
    'cgroup /c/cpu cgroup rw,cpu 0 0\ncgroup /c/m cgroup rw,memory 0 0\ncgroup2 /c/u cgroup2 rw 0 0',
    { mount: '/c/m', version: 1 },
  ],
  [
    'the unified one',
    'cgroup2 /sys/fs/cgroup cgroup2 rw 0 0',
    { mount: '/sys/fs/cgroup', version: 2 },
  ],
  ['none', 'proc /proc proc rw 0 0', null],
])('memory cgroups of %s', (_name, mounts, expected) => {
  expect(memoryHierarchy(mounts)).toEqual(expected);
});
