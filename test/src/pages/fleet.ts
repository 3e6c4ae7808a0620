import { killed } from '@coroner/hub/dist/testing/deaths.js';
import type { StoredApi } from '@coroner/hub/dist/testing/stored-api.js';
import type { Event } from '@coroner/schema/event/event';
import { stableId } from '@coroner/schema/identity';

/** What would run, or change the page, if anything of it were taken for markup. */
export const hostile = [
  '<script>window.pwned=1</script>',
  '<img src=x onerror=window.pwned=1>',
  '"><svg onload=window.pwned=1>',
  `' onfocus=window.pwned=1 autofocus='`,
  'javascript:window.pwned=1',
  '</title></table></svg><h1>owned</h1>',
  '{{constructor.constructor("window.pwned=1")()}}',
  '\u202egnp.exe\u001b[2J\n&lt;b&gt;',
] as const;

const minuteMs = 60_000;

/** An hour of a small fleet: one kill over four hosts, an OOM kill with its memory, logins, cron, and names that attack. */
export async function fill(
  world: StoredApi,
  nowMs: number,
): Promise<{ oom: string; kill: string }> {
  const at = (minutes: number) => new Date(nowMs - (60 - minutes) * minuteMs).toISOString();
  const event = (facts: Record<string, unknown> & { kind: Event['kind'] }): Event =>
    ({ source: 'log', id: stableId('pages', JSON.stringify(facts)), ...facts }) as Event;
  const hosts = ['web-1', 'web-2', 'web-3', 'web-4'];
  for (const [index, host] of hosts.entries())
    await world.store(host, [
      event({ kind: 'boot', at: at(1), kernel: '6.18.0' }),
      event({
        kind: 'login',
        at: at(28 + index / 4),
        user: 'alice',
        tty: 'pts/2',
        pid: 880,
        from: '10.0.0.5',
        service: 'sshd',
      }),
      event({ kind: 'cron-run', at: at(29.5), user: 'root', command: '/usr/local/bin/cleanup' }),
      ...[0, 1, 2].map((more) =>
        killed({
          ...{ host, pid: 4_100 + more, unit: 'nginx.service', at: at(30 + index / 60) },
          killer: {
            ancestry: [
              { pid: 900, comm: 'bash' },
              { pid: 880, comm: 'sshd' },
            ],
          },
        }),
      ),
      event({
        kind: 'gap',
        at: at(30.6),
        of: 'probe',
        since: null,
        until: null,
        lost: 3,
        reason: 'ring overrun',
      }),
    ]);
  const oom = killed({
    host: 'db-1',
    pid: 31,
    comm: 'java',
    at: at(50),
    more: { signals: [], oomMarked: true },
  });
  await world.store('db-1', [
    memoryStory(nowMs - 10 * minuteMs),
    event({
      kind: 'oom-kill',
      source: 'kmsg',
      at: at(50),
      pid: 31,
      comm: 'java',
      constraint: 'memcg',
      oomMemcg: '/system.slice/java.service',
    }),
    oom,
  ]);
  await world.store(
    'evil-1',
    hostile.flatMap((text, index) => attacks(text, index, at(45 + index / 10), event)),
  );
  return { oom: oom.id, kill: killed({ host: 'web-1', pid: 4_100, at: at(30) }).id };
}

function attacks(text: string, index: number, at: string, event: (facts: never) => Event): Event[] {
  const made = event as (facts: object) => Event;
  return [
    killed({
      ...{
        host: 'evil-1',
        pid: 600 + index,
        comm: text,
        exe: text,
        cmdline: [text, text],
        unit: text,
        at,
      },
      killer: { comm: text, cmdline: [text], user: text, ancestry: [{ pid: 5, comm: text }] },
      victim: { user: text },
    }),
    made({ kind: 'login', at, user: text, tty: text, from: text, service: text, pid: 700 + index }),
    made({ kind: 'cron-run', at, user: text, command: text }),
    made({ kind: 'shell-command', at, user: text, command: text }),
    made({ kind: 'gap', at, of: text, since: null, until: null, lost: 1, reason: text }),
  ];
}

function memoryStory(killMs: number): Event {
  const samples = 60;
  const everyMs = 5_000;
  const steps = Array.from({ length: samples }, (_, step) => step);
  const share = (step: number) => step / (samples - 1);
  return {
    ...{ kind: 'memory-story', id: stableId('pages', 'story'), source: 'proc' },
    at: new Date(killMs).toISOString(),
    ...{ because: ['oom-kill'], victims: [{ pid: 31, comm: 'java' }] },
    times: steps.map((step) => new Date(killMs - (samples - 1 - step) * everyMs).toISOString()),
    totalKb: 8_000_000,
    availableKb: steps.map((step) => Math.round(6_000_000 - 3_500_000 * share(step))),
    ...{ swapTotalKb: 0, swapFreeKb: steps.map(() => 0) },
    pressureSome: steps.map((step) => share(step) * 60),
    pressureFull: steps.map((step) => share(step) * 40),
    processes: [
      { pid: 31, comm: 'java', rssKb: steps.map((step) => Math.round(4e6 * share(step))) },
      { pid: 70, comm: hostile[1], rssKb: steps.map(() => 900_000) },
    ],
    cgroups: [
      {
        path: '/system.slice/java.service',
        limitKb: 4_194_304,
        usageKb: steps.map((step) => Math.round(4.1e6 * share(step))),
      },
    ],
  } as Event;
}
