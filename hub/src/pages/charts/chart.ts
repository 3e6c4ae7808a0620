import { printable } from '@coroner/schema/verdict/words/printable';
import { type Html, html } from '../html/html.ts';

/** A chart as data: drawn here as SVG, and by the script as one that can be zoomed. */
export interface Chart {
  /** What it shows, in words: for who does not see it. */
  label: string;
  kind: 'bars' | 'lines' | 'lanes';
  /** Seconds since 1970, ascending. */
  times: readonly number[];
  series: readonly { name: string; values: readonly (number | null)[] }[];
  /** Of the vertical axis; `lanes` has a name for each of 0, 1, 2 … */
  unit: 'count' | 'kB' | 'lane';
  lanes?: readonly string[];
  top: number;
}

export const width = 960;
export const margin = { left: 110, right: 12, top: 10, bottom: 28 };

/** A chart with its drawing, an `svg` of `width` × `height`. */
export interface Drawn {
  chart: Chart;
  height: number;
  drawing: Html;
}

/** The chart in its frame: the drawing, its legend, and the data for the script. */
export function figure({ chart, drawing }: Omit<Drawn, 'height'>): Html {
  const legend =
    chart.series.length > 1 &&
    html`<ul class="legend">${chart.series.map(
      ({ name }, index) => html`<li><span class="key ink-${index}"></span>${name}</li>`,
    )}</ul>`;
  const series = chart.series.map(({ name, values }) => ({ name: printable(name), values }));
  const lanes = chart.lanes?.map(printable);
  const data = JSON.stringify({ ...chart, series, ...(lanes && { lanes }) });
  return html`<figure class="chart" data-chart="${data}">
<figcaption>${chart.label}</figcaption>
<div class="drawing">${drawing}</div>
${legend}
</figure>`;
}

/** Where a time lies, in units of the drawing. */
export function xOf(times: readonly number[]): (time: number) => number {
  const first = times[0] ?? 0;
  const span = Math.max(1e-3, (times.at(-1) ?? first) - first);
  const room = width - margin.left - margin.right;
  return (time) => round(margin.left + ((time - first) / span) * room);
}

export const round = (value: number): number => Math.round(value * 10) / 10;

const steps = [
  ...[1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200],
  ...[86_400, 172_800, 604_800, 2_592_000],
];
const mostTicks = 8;

/** The axis of time, in UTC. */
export function timeAxis(times: readonly number[], height: number): Html {
  const first = times[0] ?? 0;
  const last = times.at(-1) ?? first;
  const step = steps.find((one) => (last - first) / one <= mostTicks) ?? 2_592_000;
  const x = xOf(times);
  const ticks: number[] = [];
  for (let at = Math.ceil(first / step) * step; at <= last; at += step) ticks.push(at);
  const bottom = height - margin.bottom;
  return html`<g class="axis">${ticks.map(
    (at) =>
      html`<line x1="${x(at)}" x2="${x(at)}" y1="${margin.top}" y2="${bottom}"/><text x="${x(at)}" y="${bottom + 18}" text-anchor="middle">${tickText(at, step)}</text>`,
  )}</g>`;
}

function tickText(at: number, step: number): string {
  const text = new Date(at * 1_000).toISOString();
  if (step >= 86_400) return text.slice(5, 10);
  return step >= 60 ? text.slice(11, 16) : text.slice(11, 19);
}
