import type { Origin } from '../../http/answer.ts';
import type { Process } from '../../process.ts';
import { lineage } from './ancestor.ts';
import { isPackageManager, isRuntime, orchestratorOf } from './managers.ts';

/** An origin that has a name and nothing more; `unknown` when nothing above the process tells. */
export function namedOrigin(process: Process): Origin {
  const above = lineage(process);
  const manager = above.find(isPackageManager);
  if (manager) return { type: 'package-manager', name: manager.comm };
  const orchestrator = above.map(orchestratorOf).find((name) => name !== null);
  if (orchestrator) return { type: 'orchestration', name: orchestrator };
  const runtime = above.find(isRuntime);
  if (runtime) return { type: 'container-runtime', name: runtime.comm };
  if (process.unit?.endsWith('.service') && !process.unit.startsWith('user@'))
    return { type: 'service', name: process.unit };
  return { type: 'unknown', name: above.at(-1)?.comm ?? null };
}
