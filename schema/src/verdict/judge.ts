import type { Origin, RuledOut } from '../http/answer.ts';
import { stableId } from '../identity.ts';
import type { Process } from '../process.ts';
import { adviceFor } from './advice/advice.ts';
import type { Case, Judgement } from './case.ts';
import { actorOf } from './compose/actor.ts';
import { blindSpots } from './compose/blind-spots.ts';
import { deathOf } from './compose/death.ts';
import { evidenceOf } from './compose/evidence.ts';
import { nearMissesOf, triedInVain } from './compose/near-misses.ts';
import { oomOf } from './compose/oom.ts';
import { type Facts, factsOf } from './facts/facts.ts';
import { memoryStory } from './facts/memory-story.ts';
import { withHost } from './origin/fleet.ts';
import { originOf } from './origin/origin.ts';
import { stepsOf } from './origin/steps.ts';
import { toolOf } from './origin/tool.ts';
import { rules } from './rules/order.ts';
import type { Finding } from './rules/rule.ts';
import { unknown } from './rules/unknown.ts';
import { command } from './words/command.ts';
import { printable } from './words/printable.ts';
import { type Runner, runBy } from './words/run-by.ts';
import { victimInWords } from './words/victim.ts';

export type { Case, Judgement } from './case.ts';

/** Facts in, verdict out: pure. The first rule that finds wins; the others say why it was not them. */
export function judge(input: Case): Judgement {
  const facts = factsOf(input);
  const finding = firstFinding(facts);
  const found =
    finding.actor &&
    originOf(finding.actor, facts.evidence, facts.signal ?? { at: facts.death.at, bootUs: null });
  const runner = found && finding.actor && runnerOf(finding.actor, found.origin, facts, input);
  return {
    answer: {
      verdict: {
        cause: finding.cause,
        confidence: finding.confidence,
        summary: sentence(facts, finding, runner ? runBy(runner, facts.death.at) : ''),
        ruledOut: alternatives(facts, finding),
        advice: adviceFor(facts, finding, found?.origin ?? null),
      },
      death: deathOf(input.host, input.death, input.happenedAt ?? null),
      actor: runner ? actorOf(runner, finding.actorConfidence) : null,
      evidence: evidenceOf(facts, [
        ...(finding.cites ?? []),
        ...memoryStory(facts, finding.cause),
        ...(found?.cites ?? []),
      ]),
      gaps: [...blindSpots(facts, finding.cause), ...input.gaps],
      oom: oomOf(facts),
      ...(facts.misses.length > 0 ? { nearMisses: nearMissesOf(facts) } : {}),
    },
    actorKey: finding.actor && actorKey(input, finding.actor),
  };
}

/** The actor with all that is known of who stands behind it. */
function runnerOf(process: Process, origin: Origin, { signal }: Facts, { fleet }: Case): Runner {
  const through = stepsOf(process).filter(
    // What stands at the root itself is no step to it.
    ({ type, name }) => !(type === origin.type && 'name' in origin && name === origin.name),
  );
  return {
    process,
    origin: withHost(origin, process, fleet),
    through,
    tool: toolOf(process, signal?.signal ?? null),
  };
}

function firstFinding(facts: Facts): Finding {
  for (const rule of rules) {
    const finding = rule.find(facts);
    if (finding) return finding;
  }
  return unknown(facts);
}

function sentence(facts: Facts, finding: Finding, runner: string): string {
  const actor = finding.actor ? `${command(finding.actor)}${runner}` : '';
  const clause = finding.clause.replace('{actor}', () => actor);
  const victim = `${victimInWords(facts.death)} on ${printable(facts.host)}`;
  return `${finding.subject ?? victim} ${clause}.`;
}

function alternatives(facts: Facts, finding: Finding): RuledOut[] {
  return [...rules.flatMap((rule) => rule.ruledOut?.(facts) ?? []), ...triedInVain(facts)].filter(
    ({ cause }) => cause !== finding.cause,
  );
}

/** One process is one actor; without its start time a pid alone would join strangers. */
function actorKey({ host, bootId }: Case, actor: Process): string | null {
  if (typeof actor.startUs !== 'number') return null;
  return stableId('actor', host, bootId, actor.pid, actor.startUs);
}
