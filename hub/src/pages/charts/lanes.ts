import type { TimelineItem } from '@coroner/schema/http/timeline';
import { shortened } from '@coroner/schema/verdict/words/printable';
import { type Html, html } from '../html/html.ts';
import { type Chart, type Drawn, figure, margin, round, timeAxis, width, xOf } from './chart.ts';

const laneHeight = 30;
const longestName = 15;
const mostLanes = 30;
const msPerSecond = 1_000;

/** What is drawn apart, in the order of the legend. */
const groups = [
  ['deaths', (item: TimelineItem) => item.verdict !== null],
  ['logins', ({ kind }: TimelineItem) => /^(?:login|logout|login-failed)$/.test(kind)],
  ['cron', ({ kind }: TimelineItem) => kind.startsWith('cron')],
  ['blind spots', ({ kind }: TimelineItem) => kind === 'gap'],
  ['other', () => true],
] as const;

const secondsOf = ({ at, happenedAt }: TimelineItem): number =>
  Date.parse(happenedAt ?? at) / msPerSecond;

/** As a part of a page; null where nothing happened. */
export function lanesOfHosts(items: readonly TimelineItem[]): Html | null {
  const drawn = drawLanes(items);
  return drawn && figure(drawn);
}

/** What happened on each host, a lane a host, on one axis of time. Null where nothing did. */
export function drawLanes(items: readonly TimelineItem[]): Drawn | null {
  if (items.length === 0) return null;
  const sorted = [...items].sort((a, b) => secondsOf(a) - secondsOf(b));
  const lanes = [...new Set(sorted.map(({ host }) => host))].slice(0, mostLanes);
  const shown = sorted.filter(({ host }) => lanes.includes(host));
  const times = shown.map(secondsOf);
  const groupOf = (item: TimelineItem) => groups.findIndex(([, fits]) => fits(item));
  const series = groups.map(([name], group) => ({
    name,
    values: shown.map((item) => (groupOf(item) === group ? lanes.indexOf(item.host) : null)),
  }));
  const label = `${shown.length} events on ${lanes.length === 1 ? '1 host' : `${lanes.length} hosts`}, from ${shown[0]?.at.slice(0, 19)} to ${shown.at(-1)?.at.slice(0, 19)} UTC; the table below has them all`;
  const top = Math.max(1, lanes.length - 1);
  const chart: Chart = { label, kind: 'lanes', times, series, unit: 'lane', lanes, top };
  const height = margin.top + margin.bottom + lanes.length * laneHeight;
  const x = xOf(times);
  const y = (lane: number) => round(margin.top + (lane + 0.5) * laneHeight);
  const drawing = html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
${timeAxis(times, height)}
<g class="axis">${lanes.map(
    (host, lane) =>
      html`<line class="lane" x1="${margin.left}" x2="${width - margin.right}" y1="${y(lane)}" y2="${y(lane)}"/><text x="${margin.left - 8}" y="${y(lane) + 4}" text-anchor="end">${shortened(host, longestName)}</text>`,
  )}</g>
${shown.map((item) => mark(groupOf(item), x(secondsOf(item)), y(lanes.indexOf(item.host)), item))}
</svg>`;
  return { chart, height, drawing };
}

/** Each group has a shape of its own beside its colour. */
function mark(group: number, x: number, y: number, item: TimelineItem): Html {
  const title = html`<title>${item.at.slice(11, 19)} ${item.text}</title>`;
  const size = 5;
  if (group === 0)
    return html`<path class="cross ink-0" d="M${x - size} ${y - size}L${x + size} ${y + size}M${x - size} ${y + size}L${x + size} ${y - size}">${title}</path>`;
  if (group === 1)
    return html`<circle class="ink-1" cx="${x}" cy="${y}" r="${size}">${title}</circle>`;
  if (group === 2)
    return html`<rect class="ink-2" x="${x - size}" y="${y - size}" width="${2 * size}" height="${2 * size}">${title}</rect>`;
  return html`<path class="ink-${group}" d="M${x} ${y - size}L${x + size} ${y + size}L${x - size} ${y + size}Z">${title}</path>`;
}
