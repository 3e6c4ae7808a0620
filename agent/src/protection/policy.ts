import { readFileSync } from 'node:fs';
import { nearestName } from '@coroner/schema/configuration/nearest-name';
import { z } from 'zod';
import { fromOomAdj, oldRange, range } from './oom-adj.ts';

const between = ({ least, most }: { least: number; most: number }) =>
  z.number().int().min(least).max(most).optional();
const Glob = z.string().min(1).optional();

const Rule = z
  .strictObject({
    /** Glob of a process name: comm, the executable's or argv[0]'s base name. */
    process: Glob,
    /** Glob of a systemd unit, such as `nginx.service`. */
    unit: Glob,
    oom_score_adj: between(range),
    /** The scale of before Linux 2.6.36, −17 to 15; −17 means never. */
    oom_adj: between(oldRange),
  })
  .refine(({ process, unit }) => process !== undefined || unit !== undefined, {
    message: 'names neither a process nor a unit',
  })
  .refine((rule) => (rule.oom_score_adj === undefined) !== (rule.oom_adj === undefined), {
    message: 'needs one of oom_score_adj and oom_adj',
  });

const PolicyFile = z.strictObject({ protect: z.array(Rule).min(1) });

const knownKeys = ['protect', 'process', 'unit', 'oom_score_adj', 'oom_adj'];

/** Which processes are to have which oom_score_adj: −1000 never killed … 1000 killed first. */
export interface ProtectionRule {
  readonly process: string | null;
  readonly unit: string | null;
  readonly oomScoreAdj: number;
}

/** Rules in the order of the file; the first that fits a process counts. */
export type Policy = readonly ProtectionRule[];

/** Reads a policy file. Throws an error that names the file, the place in it, and what is wrong there. */
export function readPolicy(path: string): Policy {
  try {
    return parsePolicy(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path}: ${(error as Error).message}`);
  }
}

/** `{"protect": [{"process": "postgres", "oom_score_adj": -800}, {"unit": "ssh*.service", "oom_adj": -17}]}` */
export function parsePolicy(text: string): Policy {
  const parsed = PolicyFile.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(parsed.error.issues.map(problem).join('; '));
  return parsed.data.protect.map((rule) => ({
    process: rule.process ?? null,
    unit: rule.unit ?? null,
    oomScoreAdj: rule.oom_score_adj ?? fromOomAdj(rule.oom_adj ?? 0),
  }));
}

function problem(issue: z.core.$ZodIssue): string {
  const place = issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  if (issue.code !== 'unrecognized_keys') return `${place}${issue.message}`;
  const unknown = issue.keys.map((key) => {
    const meant = nearestName(key, knownKeys);
    return `unknown key "${key}"${meant ? `; is ${meant} meant?` : ''}`;
  });
  return `${place}${unknown.join('; ')}`;
}
