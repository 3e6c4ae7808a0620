import type { Ancestor } from '../../process.ts';

/**
 * The script of a folder such as /etc/cron.daily that run-parts(8) ran, by the arguments of its
 * process. Null when nothing above is run-parts, or they do not tell.
 */
export function scriptOf(above: readonly Ancestor[]): { path: string; pid: number } | null {
  const index = above.findIndex(({ comm }) => comm === 'run-parts');
  const run = above[index - 1];
  const folder = above[index]?.cmdline?.find((word) => word.startsWith('/'))?.replace(/\/$/, '');
  const path = folder && run?.cmdline?.find((word) => word.startsWith(`${folder}/`));
  return run && path ? { path, pid: run.pid } : null;
}
