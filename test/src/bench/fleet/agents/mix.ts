import { killed } from '@coroner/hub/dist/testing/deaths.js';
import type { DeathEvent } from '@coroner/schema/event/death';
import type { Event } from '@coroner/schema/event/event';
import type { SourceStatus } from '@coroner/schema/wire/heartbeat';

/** How many events a host sends in an hour: a busy server, with a process killed every ten minutes. */
export const eventsPerHour = 120;
export const heartbeatEveryMs = 15_000;

/** Of a hundred events that many are deaths; the rest are cron, services, logins and commands. */
const deathsAHundred = 5;
const programs = 97;
const users = 61;

/** The event that a host sends as its `count`th; `salt` sets runs apart. */
export function eventOf(host: string, count: number, salt: string): Event {
  // Hosts that begin at the same time are not at the same place of the mix.
  const number = count + Number(host.replace(/\D/g, '')) * 37;
  const at = new Date().toISOString();
  const base = { id: `${salt}-${host}-${number}`, at, bootUs: number * 1_000_000 };
  const pid = 1_000 + (number % 30_000);
  switch (number % 100 < deathsAHundred ? 'death' : number % 4) {
    case 'death':
      return deathOf(host, number, at, base.id);
    case 0:
      return {
        ...{ ...base, kind: 'cron-run', source: 'journal', pid, user: 'root' },
        ...{ command: '/usr/local/bin/collect --quiet', jobId: null },
      };
    case 1:
      return {
        ...{ ...base, kind: 'unit', source: 'journal', unit: `app-${number % 50}.service` },
        ...{ state: 'started', result: null, code: null, status: null },
      };
    case 2:
      return {
        ...{ ...base, kind: 'login-failed', source: 'log', user: 'root', tty: 'ssh' },
        ...{ from: `10.0.${number % 256}.7`, pid },
      };
    default:
      return {
        ...{ ...base, kind: 'shell-command', source: 'shell-history', user: 'alice' },
        command: `ls -la /srv/app-${number}/releases --sort=time`,
      };
  }
}

/** Each by somebody else, of another program: no two hosts share an incident by chance of the mix. */
function deathOf(host: string, death: number, at: string, id: string): DeathEvent {
  const killer = { pid: 100_000 + death, startUs: death, user: `user-${death % users}` };
  const cmdline = ['kill', '-9', `${death}`];
  const comm = `svc-${death % programs}`;
  return {
    ...killed({
      host,
      pid: 1_000 + (death % 4_000_000),
      at,
      comm,
      killer: { ...killer, comm: 'kill', cmdline },
    }),
    id,
  };
}

/** As many as the agent reports, with texts as long as its own. */
export const sources: SourceStatus[] = Array.from({ length: 24 }, (_, number) => ({
  source: `source-${number}`,
  state: number % 4 === 0 ? 'missing' : 'available',
  why: 'reads what the host writes there and follows it over rotations',
  enable: number % 4 === 0 ? 'apt-get install the package that writes it' : null,
}));
