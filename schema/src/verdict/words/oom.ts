import type { EventOf } from '../../event/event.ts';
import type { Facts } from '../facts/facts.ts';
import { memory } from './memory.ts';
import { timeInWords } from './victim.ts';

const bytesPerKb = 1024;

/** `; it held 59 MiB of anonymous memory, peak 64 MiB`; empty where that is not known. */
export function held({ death }: Facts, report: EventOf<'oom-kill'>): string {
  const anon = report.anonRssKb == null ? null : `${memory(report.anonRssKb)} of anonymous memory`;
  const peak =
    death.peakRssBytes == null
      ? null
      : `peak ${memory(Math.round(death.peakRssBytes / bytesPerKb))}`;
  const both = [anon, peak].filter((part) => part !== null).join(', ');
  return both === '' ? '' : `; it held ${both}`;
}

/** Of a kill whose report is not there. */
export function unreported({ death }: Facts): string {
  return `was killed by the kernel's OOM killer${timeInWords(death.at)}; whether its cgroup or the whole host was short of memory is not known without the kernel's report`;
}
