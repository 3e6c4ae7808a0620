import type { Origin } from '../../http/answer.ts';
import type { Facts } from '../facts/facts.ts';
import type { Finding } from '../rules/rule.ts';
import { printable } from '../words/printable.ts';
import { broadPattern } from './broad-pattern.ts';
import { coreDump } from './core-dump.ts';
import { killAll } from './kill-all.ts';
import { outlive } from './outlive.ts';
import { ownLimit } from './own-limit.ts';

/** What can be done about exactly this death; nothing where only what holds for all could be said. */
export function adviceFor(facts: Facts, finding: Finding, origin: Origin | null): string[] {
  const found = [
    ...(finding.actor
      ? [broadPattern(finding.actor, facts.victim), killAll(finding.actor, facts.victim)]
      : []),
    origin && cronLine(origin),
    outlive(facts, finding.cause),
    ownLimit(facts, finding.cause),
    coreDump(facts, finding.cause),
  ];
  return [...(finding.advice ?? []), ...found.filter((one) => one !== null)];
}

function cronLine(origin: Origin): string | null {
  if (origin.type !== 'cron' || origin.file === null || origin.line === null) return null;
  const schedule =
    origin.schedule === null ? '' : `, which runs at \`${printable(origin.schedule)}\``;
  return `The line to change is ${printable(origin.file)}:${origin.line}${schedule}.`;
}
