import type { Answer } from '@coroner/schema/http/answer';
import { sampleAnswer } from '../stage/sample-answer.ts';

const mib = 1024;
const samples = 30;
const startMs = Date.parse('2026-11-23T03:07:17.000Z');
const everyMs = 10_000;
const over = (value: (part: number) => number) =>
  Array.from({ length: samples }, (_, index) => Math.round(value(index / (samples - 1)) * mib));

/** A java that grew until its cgroup was full. */
export function memoryKill(): Answer {
  const cgroup = '/system.slice/report.service';
  return sampleAnswer({
    death: {
      ...{
        comm: 'java',
        pid: 771,
        exe: '/usr/bin/java',
        cmdline: ['java', '-Xmx8g', '-jar', 'report.jar'],
      },
      ...{ unit: 'report.service', cgroup, user: 'report', peakRssBytes: 4096 * mib * mib },
    },
    verdict: {
      cause: 'oom-cgroup',
      summary:
        'java (pid 771) on web-3 was killed by the kernel at 03:12:07: its cgroup /system.slice/report.service had used all of its 4 GiB.',
      ruledOut: [
        {
          cause: 'signal-from-process',
          because: 'the kernel marked it as the victim of an OOM kill',
        },
      ],
      advice: ['Give report.service more than 4 GiB (`MemoryMax=`), or lower `-Xmx8g` below it.'],
    },
    answer: {
      actor: null,
      gaps: [],
      related: { incidentId: 'incident-9', sameActor: 0, hosts: [] },
      oom: {
        ...{ constraint: 'memcg', cgroup, usageKb: 4096 * mib, limitKb: 4096 * mib },
        ...{ anonRssKb: 4050 * mib, invokedBy: 'java', tasks: [] },
      },
      memory: {
        eventId: 'm1m1m1m1m1m1m1m1',
        times: Array.from({ length: samples }, (_, index) =>
          new Date(startMs + index * everyMs).toISOString(),
        ),
        ...{ totalKb: 16_384 * mib, swapTotalKb: 0, swapFreeKb: over(() => 0) },
        availableKb: over((part) => 12_000 - 3400 * part),
        ...{ pressureSome: over((part) => (part * 40) / mib), pressureFull: over(() => 0) },
        processes: [
          { pid: 771, comm: 'java', rssKb: over((part) => 700 + 3350 * part * part) },
          { pid: 90, comm: 'postgres', rssKb: over(() => 512) },
        ],
        cgroups: [
          { path: cgroup, limitKb: 4096 * mib, usageKb: over((part) => 760 + 3336 * part * part) },
        ],
      },
    },
  });
}
