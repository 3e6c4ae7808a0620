import type { AgentConfig } from '../config.ts';
import type { Log } from '../log.ts';
import { type Guard, startGuard } from '../protection/guard.ts';
import { readPolicy } from '../protection/policy.ts';

/** Protects what the policy file names. A policy that cannot be had is an error in the log: the evidence matters more. */
export function startProtection({ protectFile }: AgentConfig, log: Log): Guard | null {
  if (protectFile === null) return null;
  try {
    const policy = readPolicy(protectFile);
    const guard = startGuard(policy, {
      changed: ({ pid, comm, from, to }) =>
        log.info({ pid, comm, from, to }, 'oom_score_adj changed by policy'),
      failed: (error) => log.warn({ reason: error.message }, 'the policy could not be applied'),
    });
    log.info({ protectFile, rules: policy.length }, 'protection policy at work');
    return guard;
  } catch (error) {
    log.error({ reason: (error as Error).message }, 'nothing is protected');
    return null;
  }
}
