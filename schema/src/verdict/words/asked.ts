import type { Process } from '../../process.ts';
import type { Asked, Request } from '../facts/asked.ts';
import type { Finding } from '../rules/rule.ts';
import { command } from './command.ts';
import { duration } from './duration.ts';
import { printable } from './printable.ts';

/** What a finding says of who asked a manager for it. */
export interface AskedInWords {
  /** `, most likely as asked 40 ms before by {actor}`; follows what the manager did. */
  clause: string;
  /** Null where nobody is named. */
  actor: Process | null;
  cites: readonly Request[];
  /** That the two belong together is an inference. */
  certainty: Pick<Finding, 'actorConfidence'>;
}

const mostNamed = 3;

/** `unless`: what is said where nobody is recorded as having asked. */
export function askedInWords(asked: Asked | null, unless: string): AskedInWords {
  if (!asked) return { clause: unless, actor: null, cites: [], certainty: {} };
  const [first] = asked.requests;
  const [beforeMs = 0] = asked.beforeMs;
  if (asked.how === 'one' && first)
    return {
      clause: `, most likely as asked ${duration(beforeMs)} before by {actor}`,
      actor: first.by,
      cites: [first],
      certainty: { actorConfidence: 'likely' },
    };
  const named = asked.requests.slice(0, mostNamed).map(inWords).join(', ');
  const how =
    asked.how === 'one-of'
      ? `; which of ${asked.requests.length} commands asked for it is not certain`
      : '; what may have led to it';
  return { clause: `${how}: ${named}`, actor: null, cites: asked.requests, certainty: {} };
}

function inWords({ by }: Request): string {
  const user = by.auditUser ?? by.user ?? (typeof by.uid === 'number' ? `uid ${by.uid}` : null);
  return `${command(by)} (pid ${by.pid}${user === null ? '' : `, ${printable(user)}`})`;
}
