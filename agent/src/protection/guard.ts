import { readdirSync } from 'node:fs';
import { workloadOf } from '../identity/workload.ts';
import { procText, seenProcess } from '../procfs/process.ts';
import { apply, refusal } from './apply.ts';
import { type Change, planner, type Subject } from './plan.ts';
import type { Policy } from './policy.ts';

export interface Guard {
  stop(): void;
}

export interface GuardReports {
  changed(change: Change): void;
  /** A change that the kernel refused, told once a process. */
  failed(error: Error): void;
}

const scanEveryMs = 5000;

/** What a policy would change now. */
export function plannedChanges(policy: Policy): Change[] {
  const plan = planner(policy);
  return subjects().flatMap(({ subject }) => plan(subject) ?? []);
}

/**
 * Applies a policy to what runs and, at each scan, to what has come since. A process is set once a
 * program that it runs: what its owner changes afterwards stays. Throws when the policy cannot be
 * applied here.
 */
export function startGuard(policy: Policy, reports: GuardReports, everyMs = scanEveryMs): Guard {
  const refused = refusal(policy);
  if (refused !== null) throw new Error(refused);
  const plan = planner(policy);
  let done = new Set<string>();
  scan();
  const timer = setInterval(scan, everyMs);
  return { stop: () => clearInterval(timer) };

  function scan(): void {
    const present = new Set<string>();
    for (const { subject, startUs } of subjects()) {
      const key = `${subject.pid} ${startUs} ${subject.exe} ${subject.comm}`;
      present.add(key);
      if (done.has(key)) continue;
      const change = plan(subject);
      if (change) make(change, startUs);
    }
    done = present;
  }

  function make(change: Change, startUs: number): void {
    try {
      if (apply(change, startUs)) reports.changed(change);
    } catch (error) {
      reports.failed(error as Error);
    }
  }
}

function subjects(): { subject: Subject; startUs: number }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const seen = seenProcess(Number(name));
      const adj = procText(`/proc/${name}/oom_score_adj`);
      if (!seen || seen.isKernelThread || adj === null) return [];
      const { pid, comm, exe, startUs } = seen;
      const { unit } = workloadOf(seen.cgroup ?? '');
      const argv0 = seen.cmdline?.[0] ?? null;
      return [{ subject: { pid, comm, exe, argv0, unit, oomScoreAdj: Number(adj) }, startUs }];
    });
}
