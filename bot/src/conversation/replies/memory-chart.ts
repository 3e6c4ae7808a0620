import type { Answer, MemoryStory } from '@coroner/schema/http/answer';
import { duration } from '@coroner/schema/verdict/words/duration';
import { memory } from '@coroner/schema/verdict/words/memory';
import { printable, shortened } from '@coroner/schema/verdict/words/printable';

const columns = 40;
const labelWidth = 26;
const levels = '▁▂▃▄▅▆▇█';
const mostProcesses = 4;
const longestName = 16;

/** The minutes before a memory kill, a line for each series: what was left, the pressure, who held it. */
export function memoryChart(story: MemoryStory, { pid }: Answer['death']): string[] {
  const timesMs = story.times.map((time) => Date.parse(time));
  const spanMs = (timesMs.at(-1) ?? 0) - (timesMs[0] ?? 0);
  const place = places(timesMs);
  const line = (label: string, values: Values, top: number, words: (value: number) => string) => {
    const known = values.filter((value) => value !== null);
    if (known.length === 0) return [];
    const range = `${words(known[0] ?? 0)} → ${words(known.at(-1) ?? 0)}`;
    return [`${label.padEnd(labelWidth)}${sparkline(values, place, top)}  ${range}`];
  };
  const kb = (value: number) => memory(value);
  const percent = (value: number) => `${value.toFixed(0)} %`;
  const limited = story.cgroups.find(({ limitKb }) => limitKb !== null);
  return [
    `Memory over the ${duration(spanMs)} before, ${story.times.length} samples:`,
    ...line(`available of ${memory(story.totalKb)}`, story.availableKb, story.totalKb, kb),
    ...(story.swapTotalKb > 0
      ? line(`swap free of ${memory(story.swapTotalKb)}`, story.swapFreeKb, story.swapTotalKb, kb)
      : []),
    ...(highest(story.pressureSome) > 0
      ? line('waiting for memory', story.pressureSome, 100, percent)
      : []),
    ...(limited?.limitKb
      ? line(
          `cgroup, limit ${memory(limited.limitKb)}`,
          limited.usageKb,
          Math.max(limited.limitKb, highest(limited.usageKb)),
          kb,
        )
      : []),
    ...story.processes.slice(0, mostProcesses).flatMap((process) => {
      const name = shortened(printable(process.comm), longestName);
      const mark = process.pid === pid ? ' †' : '';
      // Each by its own peak: beside a large one, the growth of a small one would not be seen.
      return line(`${name} ${process.pid}${mark}`, process.rssKb, highest(process.rssKb), kb);
    }),
  ];
}

type Values = readonly (number | null)[];

/** The column of each sample: by its time, or by its number while there are fewer than columns. */
function places(timesMs: readonly number[]): number[] {
  const first = timesMs[0] ?? 0;
  const spanMs = Math.max(1, (timesMs.at(-1) ?? 0) - first);
  const width = Math.min(columns, Math.max(1, timesMs.length));
  return timesMs.map((ms) => Math.round(((ms - first) / spanMs) * (width - 1)));
}

/** Of several samples in one column the highest counts; between two samples the earlier one stands. */
function sparkline(values: Values, place: readonly number[], top: number): string {
  const width = (place.at(-1) ?? 0) + 1;
  const cells = new Array<number | null>(width).fill(null);
  values.forEach((value, index) => {
    const at = place[index] ?? 0;
    if (value !== null) cells[at] = Math.max(cells[at] ?? 0, value);
  });
  let last: number | null = null;
  return cells
    .map((cell) => {
      last = cell ?? last;
      return last === null ? ' ' : level(last / Math.max(1, top));
    })
    .join('')
    .padEnd(Math.min(columns, width));
}

function level(share: number): string {
  const index = Math.min(levels.length - 1, Math.max(0, Math.floor(share * levels.length)));
  return levels[index] ?? ' ';
}

const highest = (values: Values): number =>
  values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
