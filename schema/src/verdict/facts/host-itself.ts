import type { Process } from '../../process.ts';

/** What stands for the host where it went down as a whole: no process, so it has no pid. */
export const hostItself = { pid: 0, comm: 'host' } as const;

/** Whether a death is that of a whole host. A unit of the name `host` without a pid has its unit. */
export function isHostItself({ pid, comm, unit }: Pick<Process, 'pid' | 'comm' | 'unit'>): boolean {
  return pid === hostItself.pid && comm === hostItself.comm && unit == null;
}
