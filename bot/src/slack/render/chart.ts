import { printable, shortened } from '@coroner/schema/verdict/words/printable';
import type { Series } from '../../conversation/reply.ts';
import { type Block, type LineChart, section } from './blocks.ts';
import { escapedWithin } from './mrkdwn.ts';

const longestTitle = 50;
const longestName = 30;
const mostSeries = 6;
const mostPoints = 20;
const longestLine = 120;
const mostLines = 14;

/** A line chart for a Slack that draws; its texts are plain, so nothing in them is parsed. */
export function lineChart({ title, labels, unit, lines }: Series): LineChart {
  const categories = labels.slice(0, mostPoints).map((label) => shortened(label, longestName));
  return {
    type: 'data_visualization',
    title: shortened(title, longestTitle),
    chart: {
      type: 'line',
      series: lines.slice(0, mostSeries).map(({ name, values }, index) => ({
        name: `${shortened(printable(name), longestName)}${named(lines, name) > 1 ? ` (${index + 1})` : ''}`,
        data: categories.map((label, at) => ({ label, value: values[at] ?? 0 })),
      })),
      axis_config: { categories, x_label: 'time (UTC)', y_label: unit },
    },
  };
}

const named = (lines: Series['lines'], name: string) =>
  lines.filter((line) => line.name === name).length;

/** The drawing in letters of one width, for every other Slack. */
export function sparklines(chart: readonly string[]): Block[] {
  if (chart.length < 2) return [];
  const lines = chart
    .slice(0, mostLines)
    .map((line) => escapedWithin(line.replaceAll('`', "'"), longestLine));
  return [section(`\`\`\`\n${lines.join('\n')}\n\`\`\``)];
}
