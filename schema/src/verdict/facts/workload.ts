import type { EventOf } from '../../event/event.ts';
import { printable } from '../words/printable.ts';
import type { Facts } from './facts.ts';
import { between } from './nearby.ts';

type WorkloadEvent = EventOf<'workload'>;

/** A container or job has as a rule 30 s to stop, and may be given more. */
const beforeMs = 120_000;
const afterMs = 5_000;
const shortId = 12;

/** What its manager says of why it ended; `stopped` alone is no reason. */
const reasons: Readonly<Record<string, string>> = {
  'liveness-failed': 'its liveness or startup probe failed',
  evicted: 'its pod was evicted',
  'time-limit': 'its job had reached its time limit',
  cancelled: 'its job was cancelled',
  killed: 'it had not stopped in time',
  oom: 'it ran out of memory',
};

export interface WorkloadEnd {
  /** ` because its liveness or startup probe failed, according to kubelet`; empty without a reason. */
  words: string;
  /** It decided so itself: nobody asked. */
  isOwn: boolean;
  cites: WorkloadEvent[];
}

/** It may have been asked to stop it, and lost patience. */
const insisted = 'killed';

/** What the container runtime, kubelet or scheduler wrote down of the victim's own workload. */
export function workloadEnd(facts: Facts): WorkloadEnd {
  const { evidence, death } = facts;
  const cites = between(evidence, 'workload', facts.signal ?? death, beforeMs, afterMs).filter(
    (event) => isAbout(event, facts),
  );
  const told = cites.find(({ action }) => Object.hasOwn(reasons, action));
  const words = told
    ? ` because ${reasons[told.action]}, according to ${printable(told.manager)}`
    : '';
  return { words, isOwn: told !== undefined && told.action !== insisted, cites };
}

/** By the id of its container or pod, or the number of its job: names may be those of others. */
function isAbout({ manager, workload, reason }: WorkloadEvent, { victim }: Facts): boolean {
  const { container, pod, cgroup } = victim;
  if (manager === 'slurm') {
    const job = /^\d+/.exec(workload ?? '')?.[0];
    return job !== undefined && new RegExp(`/job_${job}(?:/|$)`).test(cgroup ?? '');
  }
  const text = `${workload ?? ''} ${reason ?? ''}`;
  const id = container && container.length >= shortId ? container.slice(0, shortId) : container;
  return Boolean((id && text.includes(id)) || (pod && text.includes(pod)));
}
