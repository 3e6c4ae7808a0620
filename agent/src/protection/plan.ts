import { basename } from 'node:path';
import { matcher } from '../globs.ts';
import type { Policy, ProtectionRule } from './policy.ts';

/** A process that may be named by a policy. */
export interface Subject {
  readonly pid: number;
  readonly comm: string;
  readonly exe: string | null;
  readonly argv0: string | null;
  readonly unit: string | null;
  readonly oomScoreAdj: number;
}

export interface Change {
  readonly pid: number;
  readonly comm: string;
  readonly from: number;
  readonly to: number;
  readonly rule: ProtectionRule;
}

/** What a policy changes: nothing about processes that it does not name. */
export function planner(policy: Policy): (subject: Subject) => Change | null {
  const rules = policy.map((rule) => ({ rule, fits: fitting(rule) }));
  return (subject) => {
    const rule = rules.find(({ fits }) => fits(subject))?.rule;
    if (!rule || rule.oomScoreAdj === subject.oomScoreAdj) return null;
    const { pid, comm, oomScoreAdj: from } = subject;
    return { pid, comm, from, to: rule.oomScoreAdj, rule };
  };
}

/** A rule that names both wants both. */
function fitting({ process, unit }: ProtectionRule): (subject: Subject) => boolean {
  const isProcess = process === null ? null : matcher([process]);
  const isUnit = unit === null ? null : matcher([unit]);
  return (subject) => {
    const names = [subject.comm, subject.exe, subject.argv0].flatMap((name) =>
      name ? [basename(name)] : [],
    );
    if (isProcess && !isProcess(names)) return false;
    return !isUnit || (subject.unit !== null && isUnit([subject.unit]));
  };
}
