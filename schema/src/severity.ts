import { z } from 'zod';
import type { Cause } from './cause.ts';
import type { Confidence } from './confidence.ts';

export const severities = ['info', 'warning', 'critical'] as const;

export const Severity = z.enum(severities);
export type Severity = z.infer<typeof Severity>;

/** The machine itself failed. */
const grave: ReadonlySet<Cause> = new Set(['host-crash', 'oom-host', 'hardware-memory']);

/** Somebody or something meant to end it, or it ended by itself. */
const slight: ReadonlySet<Cause> = new Set([
  ...(['exit-ok', 'exit-error', 'signal-to-self', 'last-thread-exited', 'broken-pipe'] as const),
  ...(['hangup', 'session-ended', 'terminal-interrupt', 'parent-died', 'timer'] as const),
  ...(['service-stopped', 'container-stopped', 'host-shutdown'] as const),
]);

const manyDeaths = 25;
const manyHosts = 3;

/**
 * How bad an incident is: `critical` where a machine failed (by a verdict that is at least `likely`),
 * `info` where an end was meant, else `warning`; one step more from 25 deaths or three hosts on.
 */
export function severityOf(incident: {
  cause: Cause;
  confidence: Confidence;
  deaths: number;
  hosts: number;
}): Severity {
  const { cause, confidence, deaths, hosts } = incident;
  const isSure = confidence === 'proven' || confidence === 'likely';
  const alone = grave.has(cause) && isSure ? 2 : slight.has(cause) ? 0 : 1;
  const more = deaths >= manyDeaths || hosts >= manyHosts ? 1 : 0;
  return severities[Math.min(alone + more, 2)] ?? 'critical';
}

export const atLeast = (severity: Severity, least: Severity): boolean =>
  severities.indexOf(severity) >= severities.indexOf(least);
