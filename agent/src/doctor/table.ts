import type { SourceStatus } from '@coroner/schema/wire/heartbeat';
import type picocolors from 'picocolors';
import { cell, wrapped } from '../terminal/columns.ts';
import { escaped } from '../terminal/escape.ts';

type Colors = ReturnType<typeof picocolors.createColors>;

const widths = { source: 13, state: 10 } as const;
const indent = ' '.repeat(widths.source + widths.state + 2);
const order: readonly SourceStatus['state'][] = ['available', 'degraded', 'missing', 'off'];

/**
 * The statuses as lines for people: the way to get a source stands below its reason. Broken at
 * `columns`; null = no terminal.
 */
export function statusTable(
  statuses: readonly SourceStatus[],
  columns: number | null,
  colors: Colors,
): string[] {
  const paint: Record<SourceStatus['state'], (text: string) => string> = {
    available: colors.green,
    degraded: colors.yellow,
    missing: colors.red,
    off: colors.dim,
  };
  const room = columns === null ? null : Math.max(widths.source, columns - indent.length);
  return [
    colors.bold(`${cell('SOURCE', widths.source)} ${cell('STATE', widths.state)} WHY`),
    ...statuses.flatMap(({ source, state, why, enable }) => {
      const [first = '', ...more] = why.split('\n').flatMap((line) => wrapped(escaped(line), room));
      return [
        `${cell(source, widths.source)} ${paint[state](cell(state, widths.state))} ${first}`,
        ...more.map((line) => `${indent}${line}`),
        ...(enable ? advice(enable, room).map((line) => `${indent}${colors.cyan(line)}`) : []),
      ];
    }),
    '',
    order
      .map((state) => ({ state, count: statuses.filter((one) => one.state === state).length }))
      .filter(({ count }) => count > 0)
      .map(({ state, count }) => paint[state](`${count} ${state}`))
      .join(', '),
  ];
}

function advice(enable: string, room: number | null): string[] {
  const [first = '', ...more] = wrapped(escaped(enable), room === null ? null : room - 2);
  return [`→ ${first}`, ...more.map((line) => `  ${line}`)];
}
