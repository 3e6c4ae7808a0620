import type { OriginStep } from '../../http/origin-step.ts';
import type { Ancestor, Process } from '../../process.ts';
import { lineage } from './ancestor.ts';
import { becomings } from './becoming.ts';
import { isMultiplexer } from './daemons.ts';
import { isPackageManager, isRuntime, orchestratorOf } from './managers.ts';
import { attachedInWords, multiplexerName } from './multiplexer.ts';
import { scriptOf } from './run-parts.ts';

const containerInit = 1;

/** What stands between the root of a process and itself, from the root down. */
export function stepsOf(process: Process): OriginStep[] {
  const above = lineage(process);
  const place = new Map(above.map(({ pid }, index) => [pid, index]));
  const steps = [
    ...becomings(above),
    ...firstOf(above, 'multiplexer', (ancestor) =>
      isMultiplexer(ancestor) ? multiplexerName(ancestor) : null,
    ).map((step) => ({ ...step, note: attachedInWords(process) })),
    ...firstOf(above, 'orchestration', orchestratorOf),
    ...firstOf(above, 'package-manager', (ancestor) =>
      isPackageManager(ancestor) ? ancestor.comm : null,
    ),
    ...scripts(above),
    ...containerExec(process),
  ];
  const depth = ({ pid }: OriginStep): number => place.get(pid ?? 0) ?? 0;
  return steps.sort((a, b) => depth(b) - depth(a));
}

/** The topmost ancestor that has a name of this kind: those below it are its own. */
function firstOf(
  above: readonly Ancestor[],
  type: OriginStep['type'],
  nameOf: (ancestor: Ancestor) => string | null,
): OriginStep[] {
  const ancestor = above.slice(1).findLast((one) => nameOf(one) !== null);
  const name = ancestor && nameOf(ancestor);
  return ancestor && name ? [{ type, name, pid: ancestor.pid }] : [];
}

function scripts(above: readonly Ancestor[]): OriginStep[] {
  const script = scriptOf(above);
  return script ? [{ type: 'script', name: script.path, pid: script.pid }] : [];
}

/** A child of the runtime that is not the container's first process was put into it: docker exec, kubectl exec. */
function containerExec(process: Process): OriginStep[] {
  const parent = process.ancestry[0];
  if (!parent || !isRuntime(parent) || process.container == null) return [];
  if (typeof process.innerPid !== 'number' || process.innerPid === containerInit) return [];
  return [{ type: 'container-exec', name: parent.comm, pid: parent.pid }];
}
