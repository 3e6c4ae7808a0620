import { killed } from '@coroner/hub/dist/testing/deaths.js';
import type { Event } from '@coroner/schema/event/event';

const usualBatch = 500;
/** Of a hundred events that many are deaths, when there are any. */
const deathsAHundred = 5;

export interface HostBatch {
  host: string;
  events: Event[];
}

/** Batches of a fleet as agents fill them: what people and services do, and some deaths. */
export function batchesOf(events: number, hosts: number, withDeaths: boolean): HostBatch[] {
  const began = Date.now();
  return Array.from({ length: Math.ceil(events / usualBatch) }, (_, batch) => {
    const host = `host-${String(batch % hosts).padStart(4, '0')}`;
    const all = Array.from({ length: usualBatch }, (_, place) => {
      const number = batch * usualBatch + place;
      const at = new Date(began + number).toISOString();
      return withDeaths && number % 100 < deathsAHundred
        ? killed({ host, pid: 1 + number, at, comm: `svc-${number % 97}` })
        : ordinary(number, at);
    });
    return { host, events: all };
  });
}

function ordinary(number: number, at: string): Event {
  const base = { id: `bench-event-${number}`, at, bootUs: number * 1_000 };
  if (number % 3 === 0)
    return {
      ...{ ...base, kind: 'login-failed', source: 'log' },
      ...{
        user: 'root',
        tty: 'ssh',
        from: `10.0.${number % 256}.7`,
        pid: 1_000 + (number % 9_000),
      },
    };
  if (number % 3 === 1)
    return {
      ...{ ...base, kind: 'unit', source: 'journal', unit: `app-${number % 50}.service` },
      ...{ state: 'started', result: null, code: null, status: null },
    };
  return {
    ...{ ...base, kind: 'shell-command', source: 'shell-history', user: 'alice' },
    command: `ls -la /srv/app-${number}/releases --sort=time`,
  };
}
