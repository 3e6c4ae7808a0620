import type { SourceStatus } from '@coroner/schema/wire/heartbeat';
import type picocolors from 'picocolors';
import { escaped } from '../terminal/escape.ts';

type Colors = ReturnType<typeof picocolors.createColors>;

const recorders: ReadonlySet<string> = new Set(['probe', 'tracefs']);

/** What is watched, by what, and what cannot be seen: before the first death. */
export function watchHeader(
  host: string,
  statuses: readonly SourceStatus[],
  colors: Colors,
): string[] {
  const recorder = statuses.find((status) => recorders.has(status.source) && works(status));
  const missing = statuses
    .filter(({ source, state }) => state === 'missing' && !recorders.has(source))
    .map(({ source }) => source);
  return [
    ...(recorder ? [seenBy(host, recorder)] : blind(host, statuses, colors)),
    ...(missing.length > 0
      ? [colors.dim(`Not here: ${missing.join(', ')}; \`coroner-agent doctor\` says why.`)]
      : []),
  ];
}

const works = ({ state }: SourceStatus): boolean => state === 'available' || state === 'degraded';

function seenBy(host: string, { source, state, why }: SourceStatus): string {
  const but = state === 'degraded' ? ` (${escaped(why)})` : '';
  return `Deaths on ${escaped(host)}, as they happen, seen by ${source}${but}.`;
}

function blind(host: string, statuses: readonly SourceStatus[], colors: Colors): string[] {
  return [
    colors.yellow(`No killer can be named on ${escaped(host)}, and short lives go unseen:`),
    ...statuses
      .filter(({ source }) => recorders.has(source))
      .map(
        ({ source, why, enable }) =>
          `  ${source}: ${escaped(why)}${enable ? `; ${escaped(enable)}` : ''}`,
      ),
  ];
}
