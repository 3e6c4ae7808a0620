import type { Stats } from '@coroner/schema/http/stats';
import { type Html, html } from '../html/html.ts';
import { type Chart, figure, margin, round, timeAxis, width, xOf } from './chart.ts';

const height = 180;
const msPerSecond = 1_000;

/** Deaths over time. */
export function deathsOverTime({ buckets, bucket, total, since, until }: Stats): Html {
  const times = buckets.map(({ at }) => Date.parse(at) / msPerSecond);
  const values = buckets.map(({ count }) => count);
  const top = Math.max(1, ...values);
  const peak = buckets[values.indexOf(top)];
  const label = `${total} deaths from ${since.slice(0, 16)} to ${until.slice(0, 16)} UTC${
    peak ? `; most in one bar (${bucket}): ${top}, from ${peak.at.slice(0, 16)}` : ''
  }`;
  const series = [{ name: 'deaths', values }];
  const chart: Chart = { label, kind: 'bars', times, series, unit: 'count', top };
  const x = xOf(times);
  const bar = Math.max(1, (width - margin.left - margin.right) / Math.max(1, times.length) - 1);
  const room = height - margin.top - margin.bottom;
  const heightOf = (value: number) => round((value / top) * room);
  const drawing = html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
${timeAxis(times, height)}
<g class="axis"><text x="${margin.left - 8}" y="${margin.top + 10}" text-anchor="end">${top}</text><text x="${margin.left - 8}" y="${height - margin.bottom}" text-anchor="end">0</text></g>
<g class="ink-0">${values.map((value, index) =>
    value === 0
      ? null
      : html`<rect x="${round(x(times[index] ?? 0) - bar / 2)}" y="${round(height - margin.bottom - heightOf(value))}" width="${round(bar)}" height="${heightOf(value)}"><title>${value} at ${buckets[index]?.at.slice(0, 16)}</title></rect>`,
  )}</g>
</svg>`;
  return figure({ chart, drawing });
}
