import { printable } from '@coroner/schema/verdict/words/printable';
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
  const categories = labels.slice(0, mostPoints).map((label) => within(label, longestName));
  const shown = lines.slice(0, mostSeries);
  const names = shown.map(({ name }) => within(printable(name), longestName));
  return {
    type: 'data_visualization',
    title: within(printable(title), longestTitle) || unit,
    chart: {
      type: 'line',
      series: shown.map(({ values }, index) => ({
        name: uniqueIn(names, index),
        data: categories.map((label, at) => ({ label, value: values[at] ?? 0 })),
      })),
      axis_config: { categories, x_label: 'time (UTC)', y_label: unit },
    },
  };
}

/** At most `limit` UTF-16 units, and no half characters. */
function within(text: string, limit: number): string {
  let cut = '';
  for (const character of text) {
    if (cut.length + character.length > limit) break;
    cut += character;
  }
  return cut;
}

/** Slack refuses two series of one name. */
function uniqueIn(names: readonly string[], index: number): string {
  const name = names[index] ?? '';
  const isOnly = names.filter((each) => each === name).length === 1;
  return isOnly && name !== '' ? name : `${index + 1}. ${name}`;
}

/** The drawing in letters of one width, for every other Slack. */
export function sparklines(chart: readonly string[]): Block[] {
  if (chart.length < 2) return [];
  const lines = chart
    .slice(0, mostLines)
    .map((line) => escapedWithin(line.replaceAll('`', "'"), longestLine));
  return [section(`\`\`\`\n${lines.join('\n')}\n\`\`\``)];
}
