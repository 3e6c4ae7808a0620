import type { SourceStatus } from '@coroner/schema/wire/heartbeat';
import type picocolors from 'picocolors';
import { column } from '../terminal/columns.ts';
import { escaped } from '../terminal/escape.ts';

type Colors = ReturnType<typeof picocolors.createColors>;

const widths = { source: 13, state: 10 } as const;

/** The statuses as lines for people: the way to get a source stands below its reason. */
export function statusTable(statuses: readonly SourceStatus[], colors: Colors): string[] {
  const paint: Record<SourceStatus['state'], (text: string) => string> = {
    available: colors.green,
    degraded: colors.yellow,
    missing: colors.red,
    off: colors.dim,
  };
  return [
    colors.bold(`${column('SOURCE', widths.source)} ${column('STATE', widths.state)} WHY`),
    ...statuses.flatMap(({ source, state, why, enable }) => {
      const indent = ' '.repeat(widths.source + widths.state + 2);
      const lines = escaped(why).replaceAll('\\n', `\n${indent}`);
      const row = `${column(source, widths.source)} ${paint[state](column(state, widths.state))} ${lines}`;
      return enable ? [row, `${indent}${colors.cyan('→')} ${escaped(enable)}`] : [row];
    }),
  ];
}
