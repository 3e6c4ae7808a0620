import type { SysrqEvent } from '@coroner/schema/event/kernel-log';
import type { z } from 'zod';
import { taskName } from '../printed.ts';

type Action = z.infer<typeof SysrqEvent>['action'];

/** drivers/tty/sysrq.c, the action_msg of the keys that end processes. */
const actions: ReadonlyMap<string, Action> = new Map([
  ['Manual OOM execution', 'oom'],
  ['Terminate All Tasks', 'terminate-all'],
  ['Kill All Tasks', 'kill-all'],
  ['SAK', 'sak'],
  ['Trigger a crash', 'crash'],
  ['Trigger a crashdump', 'crash'],
  ['Resetting', 'reboot'],
]);

export interface Sysrq {
  readonly action: Action;
  readonly pid: number | null;
  readonly comm: string | null;
}

const killed = /^(?:tty \S+: )?SAK: killed process (\d{1,10}) \((.*)\): (?:by |fd#|\S*session)/s;

/** `sysrq: Kill All Tasks`, `SysRq : Kill All Tasks` (before 4.x), `SAK: killed process 5 (a): …`. */
export function sysrqLine(text: string): Sysrq | null {
  if (!/^(?:sysrq: |SysRq ?: |SAK: |tty )/.test(text)) return null;
  const victim = killed.exec(text);
  const comm = victim && taskName(victim[2] ?? '');
  if (victim && comm !== null) return { action: 'sak', pid: Number(victim[1]), comm };
  const action = actions.get(text.replace(/^(?:sysrq: )?(?:SysRq ?: )?/, '').trim());
  return action ? { action, pid: null, comm: null } : null;
}
