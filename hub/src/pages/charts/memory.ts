import type { MemoryStory } from '@coroner/schema/http/answer';
import { memory } from '@coroner/schema/verdict/words/memory';
import { type Html, html } from '../html/html.ts';
import { type Chart, type Drawn, figure, margin, round, timeAxis, width, xOf } from './chart.ts';

const height = 260;
const mostProcesses = 4;
const msPerSecond = 1_000;

/** As a part of a page. */
export const memoryBefore = (story: MemoryStory): Html => figure(drawMemory(story));

/** Memory over the minutes before a kill: what was left, the limit's cgroup, and who held it. */
export function drawMemory(story: MemoryStory): Drawn {
  const times = story.times.map((at) => Date.parse(at) / msPerSecond);
  const limited = story.cgroups.find(({ limitKb }) => limitKb !== null);
  const series = [
    { name: 'available on the host', values: story.availableKb },
    ...(limited ? [{ name: `used in ${limited.path}`, values: limited.usageKb }] : []),
    ...story.processes
      .slice(0, mostProcesses)
      .map(({ comm, pid, rssKb }) => ({ name: `${comm} (pid ${pid})`, values: rssKb })),
  ];
  const highest = series.flatMap(({ values }) => values.map((value) => value ?? 0));
  const top = Math.max(1, ...highest);
  const label = `Memory before it: ${story.times.length} samples, of ${memory(story.totalKb)} on the host${
    limited?.limitKb ? `, limit ${memory(limited.limitKb)}` : ''
  }`;
  const chart: Chart = { label, kind: 'lines', times, series, unit: 'kB', top };
  const x = xOf(times);
  const y = (kb: number) =>
    round(height - margin.bottom - (kb / top) * (height - margin.top - margin.bottom));
  const points = (values: readonly (number | null)[]) =>
    values
      .flatMap((kb, index) => (kb === null ? [] : [`${x(times[index] ?? 0)},${y(kb)}`]))
      .join(' ');
  const drawing = html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
${timeAxis(times, height)}
<g class="axis">${[0, 0.5, 1].map(
    (share) =>
      html`<text x="${margin.left - 8}" y="${y(share * top) + 4}" text-anchor="end">${memory(Math.round(share * top))}</text>`,
  )}</g>
${series.map(({ name, values }, index) => html`<polyline class="line ink-${index}" points="${points(values)}"><title>${name}</title></polyline>`)}
</svg>`;
  return { chart, height, drawing };
}
