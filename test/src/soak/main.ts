import { chart } from './chart.ts';
import type { Series } from './judge.ts';
import { runSoak } from './soak.ts';

/**
 * `npm run soak`: ten hosts, three hubs and a bot under an even load for CORONER_SOAK_MINUTES (60).
 * Prints the memory of each process each minute and as a chart at the end. Exit status 1 when memory,
 * descriptors, connections or consumers grow, or something is lost or twice. Needs root.
 */
const minutes = Number(process.env['CORONER_SOAK_MINUTES'] ?? 60);
const msPerMinute = 60_000;
const sampleEveryMs = 10_000;
const say = (text: string) => process.stdout.write(`${text}\n`);

let printedMs = performance.now();
const report = await runSoak({
  ms: minutes * msPerMinute,
  ...{ sampleEveryMs, hosts: 10, hubs: 3, firstCable: 10 },
  onSample(series) {
    if (performance.now() - printedMs < msPerMinute) return;
    printedMs = performance.now();
    say(
      series
        .filter(({ of }) => of.includes('resident'))
        .map(newest)
        .join(', '),
    );
  },
});
const widest = Math.max(...report.series.map(({ of }) => of.length));
for (const { of, points } of report.series)
  say(`${of.padEnd(widest)} ${chart(points.map(({ value }) => value))}`);
const { generated, lost, duplicated, killed, deaths, toldLost, untold, toldTwice } = report;
say(`${generated} events made: ${lost} lost, ${duplicated} twice`);
say(`${killed} processes killed: ${deaths} deaths stored, ${toldLost} records lost and told`);
say(`${report.incidents} incidents: ${untold.length} without a card, ${toldTwice} cards too many`);
for (const one of report.growing) say(`GROWS: ${one}`);
const missing = Math.max(0, killed - deaths - toldLost) + Math.max(0, deaths - killed);
const wrong = lost + duplicated + missing + untold.length + toldTwice;
if (wrong > 0 || report.growing.length > 0) process.exitCode = 1;

function newest({ of, points }: Series): string {
  return `${of.replace(': resident MB', '')} ${points.at(-1)?.value.toFixed(0)}`;
}
