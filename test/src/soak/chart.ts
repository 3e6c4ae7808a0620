import { median } from '../bench/figures.ts';

const levels = '▁▂▃▄▅▆▇█';
const widest = 60;

/** A line of a series: `▁▂▃ 88 … 93`, of at most sixty columns, each the median of its share. */
export function chart(values: readonly number[]): string {
  const width = Math.min(widest, values.length);
  const columns = Array.from({ length: width }, (_, column) => {
    const from = Math.floor((column * values.length) / width);
    const to = Math.floor(((column + 1) * values.length) / width);
    return median(values.slice(from, Math.max(to, from + 1)));
  });
  const [least, most] = [Math.min(...columns), Math.max(...columns)];
  const span = most - least || 1;
  const bars = columns.map(
    (value) => levels[Math.round(((value - least) / span) * (levels.length - 1))],
  );
  return `${bars.join('')} ${least.toFixed(0)} … ${most.toFixed(0)}`;
}
