import type { Actor } from '@coroner/schema/http/answer';
import { stableId } from '@coroner/schema/identity';
import type { Judgement } from '@coroner/schema/verdict/case';
import { commandPattern, knownAs } from './alike.ts';
import { type IncidentKey, minuteMs } from './key.ts';

type Answer = Judgement['answer'];

const actorWindowMs = 10 * minuteMs;
const cronWindowMs = 10 * minuteMs;
/** The same words on the next host: a loop that waits for each, a person who types them again. */
const byPerson = { windowMs: 5 * minuteMs, grows: { by: 'hosts', toMs: 30 * minuteMs } } as const;
/** Words that say little: a mere `kill -9 PID`, what a service does everywhere. */
const byAnybody = { windowMs: 2 * minuteMs, grows: { by: 'hosts', toMs: 10 * minuteMs } } as const;

/** They do at once on many hosts what somebody asked for elsewhere. */
const orchestrators: ReadonlySet<string> = new Set([
  ...['salt-minion', 'puppet', 'chef-client', 'cinc-client', 'cf-agent', 'amazon-ssm-agent'],
]);

/** What joins deaths that somebody caused: the process, its words and who stands behind it, the cron line. */
export function actorKeys(answer: Answer, actorKey: string | null): IncidentKey[] {
  const { actor, death, verdict } = answer;
  const own = actorKey ? stableId('actor', actorKey) : null;
  if (verdict.confidence === 'possible')
    return own ? [{ key: own, windowMs: actorWindowMs, role: 'seeks' }] : [];
  const keys: IncidentKey[] = own ? [{ key: own, windowMs: actorWindowMs }] : [];
  if (actor) keys.push(...commandKeys(actor, death.signal ?? `exit ${death.exitCode}`));
  if (actor?.origin.type === 'cron' && actor.origin.command) {
    const { command, user: owner } = actor.origin;
    keys.push({ key: stableId('cron', owner ?? '', command), windowMs: cronWindowMs });
  }
  // Killed by somebody who cannot be named: with others of its program on its host, if any.
  if (keys.length === 0)
    keys.push({ key: stableId('killed', death.host, knownAs(death)), ...byAnybody });
  return keys;
}

/** The same words by the same person, from the same place, or of the same run of an orchestration. */
function commandKeys({ cmdline, auditUser, user, origin }: Actor, how: string): IncidentKey[] {
  const account = auditUser ?? user;
  if (cmdline.length === 0 || !account) return [];
  const words = [...commandPattern(cmdline), how];
  const isVague = words.includes('#');
  if (origin.type === 'login-session') {
    const window = isVague ? byAnybody : byPerson;
    const keys = [stableId('command', account, origin.from ?? '', ...words)];
    // The same person may have other accounts there, and the host other addresses.
    if (origin.fromHost) {
      const { name, user: behind } = origin.fromHost;
      keys.push(
        stableId('from', name, behind ? `person ${behind}` : `account ${account}`, ...words),
      );
    }
    return keys.map((key) => ({ key, ...window }));
  }
  if (origin.type === 'orchestration' && origin.name !== null && orchestrators.has(origin.name))
    return [{ key: stableId('run', origin.name, ...words), ...byAnybody }];
  // Outside of anybody's session, a mere `kill -9 PID` by root says nothing about the next one.
  return isVague ? [] : [{ key: stableId('command', account, '', ...words), ...byAnybody }];
}
