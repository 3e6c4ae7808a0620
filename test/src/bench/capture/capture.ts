import { collectors, type Missing, missingNotes } from '../collectors/all.ts';
import { bundledAgent } from '../collectors/bundled-agent.ts';
import { median, megabytes, percent, times } from '../figures.ts';
import type { Bench, Part } from '../part.ts';
import { type Measured, measureRounds, type Round } from './measure.ts';
import type { Workload } from './workload.ts';

const rounds = 3;
const workloadMs = 2_000;
const million = 1e6;
const slowestFlat = 1.2;
const slowestStorm = 1.1;

export const capture: Part = {
  summary: 'signals and deaths: how many are recorded, and what it costs those who send them',
  async run({ report, scale, say }: Bench) {
    const agent = bundledAgent();
    const missing: Missing = new Map();
    const ms = workloadMs * scale;
    const all = collectors(agent.program);
    const count = scale < 1 ? 1 : rounds;
    const measured = await measureRounds(all, count, ms, missing, say).finally(agent.remove);
    report.table({
      title: 'Capture',
      notes: [
        `Medians of ${count} rounds of ${ms} ms each, in which all took turns; whoever sends has one processor, whoever records the other.`,
        'flat: equal signals to one target that ignores them; 10k/s: such signals, 10 in a millisecond; fork+kill: fork, kill -9, wait.',
        'recorded: with the sender. Coroner counts signals that end nobody, by sender and target (one that comes while its counts are read may be in the total alone), and records each death; others print a line a signal.',
        'The second processor never sleeps, for waking it costs those who fork. CPU is that of the recording processes (with kauditd for auditd), until they have worked off what came.',
        ...missingNotes(missing),
      ],
      head: [
        ...['collector', 'flat: recorded', 'flat: slow-down', 'flat: CPU s per million'],
        ...['10k/s: CPU of a core', '10k/s: recorded'],
        ...['fork+kill: deaths recorded', 'fork+kill: slow-down', 'RSS', 'PSS'],
      ],
      rows: [...measured].map(([name, found]) => row(name, found)),
    });
    const own = measured.get(all[0]?.name ?? '');
    if (!own) throw new Error(`Coroner's agent did not run: ${[...missing.values()][0]}`);
    const flatShare = middle(own, 'flat', ({ accounted, sent }) => accounted / sent.count);
    const stormShare = middle(own, 'fork+kill', share);
    const flat = middle(own, 'flat', ({ slowDown }) => slowDown);
    const storm = middle(own, 'fork+kill', ({ slowDown }) => slowDown);
    const target = (what: string, wanted: string, got: string, reached: boolean) =>
      report.target({ what, wanted, got, reached });
    target('flat storm accounted for', '100 %', exactly(flatShare), flatShare >= 1);
    target('flat storm, slow-down', `≤ ${slowestFlat}×`, times(flat), flat <= slowestFlat);
    target('deaths with their senders', '100 %', exactly(stormShare), stormShare >= 1);
    target('fork+kill, slow-down', `≤ ${slowestStorm}×`, times(storm), storm <= slowestStorm);
  },
};

/** Of a million one may be missing. */
const exactly = (part: number): string => `${(part * 100).toFixed(4)} %`;
const share = ({ recorded, sent }: Measured): number => recorded / sent.count;
const middle = (
  found: readonly Round[],
  name: Workload['name'],
  of: (measured: Measured) => number,
): number => median(found.map((round) => of(round.of[name])));

function row(name: string, found: readonly Round[]): string[] {
  const slowDown = (workload: Workload['name']) =>
    times(middle(found, workload, (measured) => measured.slowDown));
  const recorded = (workload: Workload['name']) => percent(middle(found, workload, share));
  const perMillion = ({ cpuMs, sent }: Measured) => (cpuMs / 1000 / sent.count) * million;
  return [
    name,
    recorded('flat'),
    slowDown('flat'),
    middle(found, 'flat', perMillion).toFixed(2),
    percent(middle(found, 'steady', ({ cpuMs, ms }) => cpuMs / ms)),
    recorded('steady'),
    recorded('fork+kill'),
    slowDown('fork+kill'),
    megabytes(median(found.map(({ memory }) => memory.rssMb))),
    megabytes(median(found.map(({ memory }) => memory.pssMb))),
  ];
}
