import { describe, expect, it } from 'vitest';
import { eventsOf } from '../kernel-log.fixture.ts';

const modern = `[  100.000001] reader invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
[  100.000002] CPU: 1 UID: 1000 PID: 700 Comm: reader Tainted: G            E      6.12.9-cloud #1
[  100.000003] memory: usage 65536kB, limit 65536kB, failcnt 31
[  100.000004] Tasks state (memory values in pages):
[  100.000005] [  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj name
[  100.000006] [    700]  1000   700     2000       90       10       80         0    45056        0             0 reader
[  100.000007] [    701]  1001   701    30000    15000    14990       10         0   163840        0          -500 7zip: pack (x)
[  100.000008] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,2,oom_memcg=/box,task_memcg=/box/a,task=7zip: pack (x),pid=701,uid=1001
[  100.000009] Memory cgroup out of memory: Killed process 701 (7zip: pack (x)) total-vm:120000kB, anon-rss:59960kB, file-rss:40kB, shmem-rss:0kB, UID:1001 pgtables:160kB oom_score_adj:-500
[  100.000010] oom_reaper: reaped process 701 (7zip: pack (x)), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB`;

describe('an OOM report', () => {
  it('gives victim, cgroups, sizes and tasks, and does not take the invoker for the victim', () => {
    expect(eventsOf(modern)).toEqual([
      {
        kind: 'oom-kill',
        source: 'kmsg',
        at: null,
        bootUs: 100_000_009,
        pid: 701,
        comm: '7zip: pack (x)',
        uid: 1001,
        constraint: 'memcg',
        scope: 'memcg',
        order: 0,
        memsAllowed: '0,2',
        oomMemcg: '/box',
        taskMemcg: '/box/a',
        totalVmKb: 120_000,
        anonRssKb: 59_960,
        fileRssKb: 40,
        shmemRssKb: 0,
        pgtablesKb: 160,
        oomScoreAdj: -500,
        invokedBy: 'reader',
        invokedByPid: 700,
        usageKb: 65_536,
        limitKb: 65_536,
        failcnt: 31,
        freeKb: null,
        swapFreeKb: null,
        swapTotalKb: null,
        kernel: '6.12.9-cloud',
        tasks: [
          {
            pid: 700,
            uid: 1000,
            tgid: 700,
            totalVm: 2000,
            rss: 90,
            oomScoreAdj: 0,
            comm: 'reader',
          },
          {
            pid: 701,
            uid: 1001,
            tgid: 701,
            totalVm: 30_000,
            rss: 15_000,
            oomScoreAdj: -500,
            comm: '7zip: pack (x)',
          },
        ],
      },
    ]);
  });

  it('without a kill line is no death', () => {
    expect(eventsOf(modern.split('\n').slice(0, 8).join('\n'))).toEqual([]);
  });

  it('passes nothing on to a later kill that is not part of it', () => {
    const [, later] = eventsOf(
      `${modern}\n[  900.000001] Out of memory: Killed process 9 (late) total-vm:1kB, anon-rss:1kB, file-rss:0kB, shmem-rss:0kB`,
    );
    expect(later).toMatchObject({
      pid: 9,
      invokedBy: null,
      constraint: null,
      tasks: null,
      uid: null,
    });
  });

  it('kills the whole group once each, though the first victim is printed twice', () => {
    const kill = (pid: number, comm: string) =>
      `[  50.000001] Memory cgroup out of memory: Killed process ${pid} (${comm}) total-vm:8kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB`;
    const events = eventsOf(
      [
        kill(31, 'a'),
        '[  50.000002] Tasks in /g are going to be killed due to memory.oom.group set',
        kill(31, 'a'),
        kill(32, 'b'),
      ].join('\n'),
    );
    expect(events).toMatchObject([
      { pid: 31, group: true, constraint: 'memcg' },
      { pid: 32, group: true, constraint: 'memcg' },
    ]);
  });

  it('keeps oom_memcg where the kernel wrongly printed CONSTRAINT_NONE beside it', () => {
    const [event] =
      eventsOf(`oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/m,task_memcg=/m,task=a,pid=5,uid=0
Memory cgroup out of memory: Killed process 5 (a) total-vm:8kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB`);
    expect(event).toMatchObject({ constraint: 'none', oomMemcg: '/m', taskMemcg: '/m' });
  });

  it('marks what a person asked for with sysrq-f', () => {
    const events = eventsOf(`sysrq: Manual OOM execution
kworker/0:1 invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=-1, oom_score_adj=0
Out of memory: Killed process 5 (a) total-vm:8kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB`);
    expect(events).toMatchObject([
      { kind: 'sysrq', action: 'oom' },
      { kind: 'oom-kill', manual: true, invokedBy: 'kworker/0:1' },
    ]);
  });
});

describe('reports that are printed at once', () => {
  const sizes = 'total-vm:8kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB';
  const said = (comm: string, pid: number) => ({
    invoked: `${comm} invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0`,
    summary: `oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/${comm},task_memcg=/${comm},task=${comm},pid=${pid},uid=${pid}`,
    kill: `Memory cgroup out of memory: Killed process ${pid} (${comm}) ${sizes}`,
    group: `Tasks in /${comm} are going to be killed due to memory.oom.group set`,
  });
  const [a, b] = [said('a', 100), said('b', 200)];

  it('are told apart by who prints them', () => {
    const lines = [
      ...[`T1] ${a.invoked}`, `T2] ${b.invoked}`, `T1] ${a.summary}`, `T2] ${b.summary}`],
      ...[`T1] ${a.kill}`, `T2] ${b.kill}`, `T1] ${a.group}`, `T1] ${said('c', 101).kill}`],
    ];
    const events = eventsOf(lines.map((line) => `[    5.000001] [  ${line}`).join('\n'));
    expect(events).toMatchObject([
      { pid: 100, uid: 100, oomMemcg: '/a', invokedBy: 'a' },
      { pid: 200, uid: 200, oomMemcg: '/b', invokedBy: 'b' },
      { pid: 101, oomMemcg: '/a', group: true },
    ]);
  });

  it('are told apart by whom they chose, where no line says who prints it', () => {
    const events = eventsOf([a.summary, b.summary, a.kill, b.kill].join('\n'));
    expect(events).toMatchObject([
      { pid: 100, uid: 100, oomMemcg: '/a' },
      { pid: 200, uid: 200, oomMemcg: '/b' },
    ]);
  });

  it('give nothing to a victim whom they did not choose', () => {
    expect(eventsOf(`${a.summary}\n${b.kill}`)).toMatchObject([
      { pid: 200, uid: null, oomMemcg: null, taskMemcg: null, scope: 'memcg' },
    ]);
  });
});

it.each([
  [
    '6.1',
    `Node 0 DMA free:11264kB boost:0kB min:352kB low:440kB high:528kB
Node 0 DMA32 free:100kB boost:0kB min:352kB low:440kB high:528kB`,
    { freeKb: 11_364, swapFreeKb: null },
  ],
  [
    '4.15',
    `Node 0 DMA free:11264kB min:352kB low:440kB high:528kB
Node 0 Normal free:100kB min:352kB low:440kB high:528kB
Free swap  = 12kB
Total swap = 2097148kB`,
    { freeKb: 11_364, swapFreeKb: 12, swapTotalKb: 2_097_148 },
  ],
  [
    '2.6.9',
    'Free pages:       22512kB (0kB HighMem)\nFree swap:            0kB',
    { freeKb: 22_512, swapFreeKb: 0 },
  ],
])('says how much memory was free: %s', (_, lines, facts) => {
  const events = eventsOf(`java invoked oom-killer: gfp_mask=0x280da, order=2, oom_score_adj=0
java cpuset=/ mems_allowed=0-1
Mem-Info:
${lines}
Out of memory: Killed process 5 (a) total-vm:8kB, anon-rss:4kB, file-rss:0kB`);
  expect(events).toMatchObject([{ order: 2, memsAllowed: '0-1', scope: 'global', ...facts }]);
});

describe('kill lines of older kernels', () => {
  it.each([
    ['2.6.9', 'Out of Memory: Killed process 12 (httpd).', { totalVmKb: null, uid: null }],
    ['RHEL 5', 'Out of memory: Killed process 12, UID 48, (httpd).', { uid: 48 }],
    [
      '2.6.33',
      'Out of memory: kill process 10 (httpd) score 9 or a child\nKilled process 12 (httpd) vsz:64kB, anon-rss:32kB, file-rss:8kB',
      { totalVmKb: 64, anonRssKb: 32, shmemRssKb: null, nominatedPid: 10, score: 9 },
    ],
    [
      'RHEL 6',
      'Out of memory: Kill process 10 (httpd) score 1000 or sacrifice child\nKilled process 12, UID 48, (httpd) total-vm:64kB, anon-rss:32kB, file-rss:8kB',
      { uid: 48, totalVmKb: 64, nominatedPid: 10, nominatedComm: 'httpd', score: 1000 },
    ],
    [
      'RHEL 7',
      'Memory cgroup out of memory: Kill process 12 (httpd) score 7 or sacrifice child\nKilled process 12 (httpd), UID 48, total-vm:64kB, anon-rss:32kB, file-rss:8kB, shmem-rss:0kB',
      { uid: 48, constraint: 'memcg', shmemRssKb: 0, score: 7 },
    ],
    [
      '3.x cgroup',
      'Task in /lxc/a killed as a result of limit of /lxc\nmemory: usage 4kB, limit 4kB, failcnt 2\nMemory cgroup out of memory: Kill process 12 (httpd) score 7 or sacrifice child\nKilled process 12 (httpd) total-vm:64kB, anon-rss:32kB, file-rss:8kB',
      { taskMemcg: '/lxc/a', oomMemcg: '/lxc', limitKb: 4, failcnt: 2, constraint: 'memcg' },
    ],
    [
      'OpenVZ',
      'Out of memory in UB 101: OOM killed process 12 (httpd) score 0 vm:64kB, rss:8kB, swap:0kB',
      { totalVmKb: 64, scope: 'memcg' },
    ],
    [
      'OpenVZ, the host',
      'Out of memory in UB 0: OOM killed process 12 (httpd) score 0 vm:64kB, rss:8kB, swap:0kB',
      { totalVmKb: 64, scope: 'global', constraint: null },
    ],
    [
      '2.6.18 cpuset',
      'No available memory in cpuset: Killed process 12, UID 48, (httpd).',
      { uid: 48, constraint: 'cpuset', scope: 'global' },
    ],
    [
      '2.6.18 memory policy',
      'No available memory (MPOL_BIND): Killed process 12 (httpd).',
      { constraint: 'memory_policy', scope: 'global' },
    ],
    [
      '2.6.30 memory policy',
      'No available memory (MPOL_BIND): kill process 10 (httpd) score 100 or a child\nKilled process 12 (httpd)',
      { constraint: 'memory_policy', nominatedPid: 10, score: 100 },
    ],
  ])('%s', (_, text, facts) => {
    const events = eventsOf(text);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ kind: 'oom-kill', pid: 12, comm: 'httpd', ...facts });
  });

  it('reads the summary that a vendor kernel prints without the constraint', () => {
    const events =
      eventsOf(`oom-kill:,cpuset=c1,mems_allowed=0-1,oom_memcg=/pods/p,task_memcg=/pods/p/c1,task=runc:[2:INIT],pid=12,uid=7
Memory cgroup out of memory: Kill process 12 (runc:[2:INIT]) score 997 or sacrifice child
Killed process 12 (runc:[2:INIT]) total-vm:64kB, anon-rss:32kB, file-rss:8kB, shmem-rss:0kB`);
    expect(events).toMatchObject([
      { pid: 12, comm: 'runc:[2:INIT]', uid: 7, oomMemcg: '/pods/p', taskMemcg: '/pods/p/c1' },
    ]);
  });

  it('counts a process that shared the memory of the victim', () => {
    const events = eventsOf(`Killed process 5 (a) total-vm:64kB, anon-rss:32kB, file-rss:8kB
Kill process 6 (b) sharing same memory`);
    expect(events).toMatchObject([{ pid: 5 }, { pid: 6, comm: 'b' }]);
  });
});

describe('hostile and torn kill lines', () => {
  const sizes = 'total-vm:1kB, anon-rss:2kB, file-rss:3kB, shmem-rss:0kB';

  it('takes a sentence of somebody, without anything before it, for no kernel’s', () => {
    const sentence = 'Out of memory: Killed process 5 (a)';
    expect(eventsOf(sentence)).toEqual([]);
    const invoked = 'a invoked oom-killer: gfp_mask=0xd0, order=0, oom_adj=0';
    for (const lines of [`${sentence}.`, `[   12.345678] ${sentence}`, `${invoked}\n${sentence}`])
      expect(eventsOf(lines)).toMatchObject([{ kind: 'oom-kill', pid: 5, comm: 'a' }]);
  });

  it.each([
    ['((sd-pam))', '(sd-pam)'],
    ['(a) total-vm:9kB)', 'a) total-vm:9kB'],
    ['(x#012Killed process)', 'x\nKilled process'],
    ['(x\\x0ay)', 'x\ny'],
    ['(caf\\xc3\\xa9)', 'café'],
    ['(a[1]: segfault)', 'a[1]: segfault'],
  ])('reads the name in %s from the right end', (printed, comm) => {
    const events = eventsOf(`Out of memory: Killed process 5 ${printed} ${sizes}`);
    expect(events).toMatchObject([{ pid: 5, comm, totalVmKb: 1, fileRssKb: 3 }]);
    expect(events).toHaveLength(1);
  });

  it('joins a line that the console cut at its edge', () => {
    const events =
      eventsOf(`[   1.000001] Out of memory: Killed process 5 (a) total-vm:1kB, anon-rss:2kB, file-r
ss:3kB, shmem-rss:4kB, UID:5 pgtables:6kB oom_score_adj:7`);
    expect(events).toMatchObject([{ fileRssKb: 3, shmemRssKb: 4, uid: 5, oomScoreAdj: 7 }]);
  });

  it.each([
    ['in a name', 'oom_score_adj:300', 80],
    ['at 72', 'oom_score_adj:300', 72],
    ['at 132', 'oom_score_adj:300', 132],
    ['in the last number', 'oom_score_adj:300', 154],
    ['in every column', 'oom_score_adj:300', 40],
  ])('joins what was wrapped %s', (_, last, columns) => {
    const line = `[   12.345678] Out of memory: Killed process 1000 (chromium) total-vm:900000kB, anon-rss:300000kB, file-rss:60000kB, shmem-rss:10000kB, UID:1000 pgtables:1000kB ${last}`;
    const rows = line.match(new RegExp(`.{1,${columns}}`, 'g')) ?? [];
    expect(eventsOf(rows.join('\n'))).toMatchObject([
      {
        ...{ pid: 1000, comm: 'chromium', totalVmKb: 900_000, anonRssKb: 300_000 },
        ...{ fileRssKb: 60_000, shmemRssKb: 10_000, uid: 1000, pgtablesKb: 1000, oomScoreAdj: 300 },
      },
    ]);
  });

  it.each([48, 60, 72, 80, 100, 132])('joins a whole report that was wrapped at %i', (columns) => {
    const rows = modern
      .split('\n')
      .flatMap((line) => line.match(new RegExp(`.{1,${columns}}`, 'g')));
    expect(eventsOf(rows.join('\n'))).toMatchObject([
      {
        ...{ pid: 701, comm: '7zip: pack (x)', uid: 1001, oomMemcg: '/box', taskMemcg: '/box/a' },
        ...{ invokedBy: 'reader', order: 0, memsAllowed: '0,2', oomScoreAdj: -500 },
      },
    ]);
  });

  it('gives null, not a part of a number, where the line ends early', () => {
    expect(eventsOf('Out of memory: Killed process 5 (a) total-vm:1kB, anon-rss:12')).toMatchObject(
      [{ totalVmKb: 1, anonRssKb: null }],
    );
    expect(eventsOf('Out of memory: Killed process 5')).toEqual([]);
    expect(eventsOf('Out of memory: Killed process 99999999999999999999 (a)')).toEqual([]);
  });

  it('takes the name of a cut line from the summary', () => {
    const events =
      eventsOf(`oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/a,task=dockerd,pid=5,uid=0
Out of memory: Killed process 5 (dock`);
    expect(events).toMatchObject([{ comm: 'dockerd', constraint: 'none', oomMemcg: null }]);
  });

  it.each([
    'note: Killed process 5 (a) total-vm:1kB, anon-rss:2kB, file-rss:3kB',
    'Killed process 5 (a)',
    'oom_reaper: reaped process 5 (a), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB',
    'Out of memory and no killable processes...',
    'Out of memory: OOM victim 5 (a) is already exiting. Skip killing the task',
  ])('sees no death in: %s', (text) => {
    expect(eventsOf(text)).toEqual([]);
  });

  it('does not believe a record that is not of facility kern', () => {
    expect(eventsOf(`Out of memory: Killed process 5 (a) ${sizes}`, 1)).toEqual([]);
    expect(eventsOf(`Out of memory: Killed process 5 (a) ${sizes}`, 0)).toHaveLength(1);
  });
});
