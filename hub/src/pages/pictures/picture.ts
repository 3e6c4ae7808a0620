import { shortened } from '@coroner/schema/verdict/words/printable';
import { type Drawn, margin, width } from '../charts/chart.ts';
import { html } from '../html/html.ts';
import { legible } from './legible.ts';

/** The colours of the pages on a light ground (hub/assets/style.css), for who draws without them. */
const style = html`<style>
text { font-family: DejaVu Sans Condensed; font-size: 12px; fill: #5c5751 }
.title { font-size: 15px; fill: #1d1b19 }
.axis line { stroke: #d9d5cf }
.ink-0 { fill: #b3261e; color: #b3261e }
.ink-1 { fill: #1f6fb2; color: #1f6fb2 }
.ink-2 { fill: #8a6100; color: #8a6100 }
.ink-3 { fill: #6d4aa3; color: #6d4aa3 }
.ink-4 { fill: #57625c; color: #57625c }
.ink-5 { fill: #1b7f5a; color: #1b7f5a }
.line { fill: none; stroke: currentColor; stroke-width: 2 }
.cross { stroke: currentColor; stroke-width: 2.5 }
</style>`;
const headHeight = 30;
const rowHeight = 20;
const inARow = 3;
const longestTitle = 110;
const longestName = 38;

/** A chart that stands alone: what it is about above it, its legend below, its words with it. */
export function asPicture({ chart, height, drawing }: Drawn, title: string): string {
  const rows = chart.series.length > 1 ? Math.ceil(chart.series.length / inARow) : 0;
  const whole = headHeight + height + rows * rowHeight + margin.top;
  const column = (width - margin.left) / inARow;
  const key = ({ name }: { name: string }, index: number) => {
    const x = margin.left + (index % inARow) * column;
    const y = headHeight + height + Math.floor(index / inARow) * rowHeight;
    return html`<rect class="ink-${index}" x="${x}" y="${y}" width="11" height="11"/><text x="${x + 17}" y="${y + 10}">${shortened(legible(name), longestName)}</text>`;
  };
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${whole}" viewBox="0 0 ${width} ${whole}">
${style}
<rect width="${width}" height="${whole}" fill="#fbfaf8"/>
<text class="title" x="${margin.left - 98}" y="21">${shortened(legible(title), longestTitle)}</text>
<svg y="${headHeight}" width="${width}" height="${height}">${drawing}</svg>
${rows > 0 && chart.series.map(key)}
</svg>`.toString();
}
