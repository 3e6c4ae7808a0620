import type { Origin } from '../../http/answer.ts';
import type { Ancestor, Process } from '../../process.ts';
import { isSystemProgram } from '../facts/system-program.ts';
import { lineage } from './ancestor.ts';
import { isPackageManager, isRuntime, orchestratorOf } from './managers.ts';

/** An origin that has a name and nothing more; `unknown` when nothing above the process tells. */
export function namedOrigin(process: Process): Origin {
  const above = lineage(process);
  const manager = above.find((one) => isPackageManager(one) && isRoots(one, process));
  if (manager) return { type: 'package-manager', name: manager.comm };
  const orchestrator = above.map(orchestratorOf).find((name) => name !== null);
  if (orchestrator) return { type: 'orchestration', name: orchestrator };
  const runtime = above.find((one) => isRuntime(one) && isRoots(one, process));
  if (runtime) return { type: 'container-runtime', name: runtime.comm };
  if (process.unit?.endsWith('.service') && !process.unit.startsWith('user@'))
    return { type: 'service', name: process.unit };
  return { type: 'unknown', name: above.at(-1)?.comm ?? null };
}

/** Anybody may call a process dpkg or runc; of those above it only the user is known. */
function isRoots(one: Ancestor, process: Process): boolean {
  if (one === process) return isSystemProgram(process);
  return (one.uid ?? 0) === 0 || process.container != null;
}
