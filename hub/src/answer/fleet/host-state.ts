import type { HostState } from '@coroner/schema/http/host-state';
import { printable } from '@coroner/schema/verdict/words/printable';
import type { HostTurns } from '../../store/hosts/host-turns.ts';

/** What is known of the presence of a host. `heartbeatAt` is by its own clock, as its events are. */
export interface Presence {
  host: string;
  lastSeenAt: string | null;
  heartbeatAt: string | null;
  silent: boolean;
}

/** A record of the end may be older than the last heartbeat: a host beats while it goes down. */
const endsWithinMs = 300_000;
/** Older boots are no news. */
const newsMs = 86_400_000;

/** Whether a host is up, and if not, what says why: silence alone says nothing. */
export function hostState(presence: Presence, turns: HostTurns, nowMs: number): HostState {
  const { host, lastSeenAt, silent } = presence;
  const name = printable(host);
  if (lastSeenAt === null)
    return {
      state: 'never-heard',
      since: null,
      text: `no agent has reported from ${name}`,
      evidence: [],
    };
  if (!silent) return up(name, turns, nowMs);
  return down(presence, turns, lastSeenAt, name);
}

function up(name: string, turns: HostTurns, nowMs: number): HostState {
  const { boot } = turns;
  const silence = lastSilence(name, turns);
  if (!boot) return { state: 'up', since: null, text: `${name} is up`, evidence: [], ...silence };
  const isNews = nowMs - Date.parse(boot.at) <= newsMs;
  const how = howItWentDown(name, turns);
  return {
    state: 'up',
    since: boot.at,
    text: isNews ? how.text : `${name} is up since ${clock(boot.at)}`,
    evidence: how.evidence,
    lastBoot: { at: boot.at, how: how.how, text: how.text },
    ...silence,
  };
}

/** Every start of an agent is told: where none is, the one from before ran on, and its spool kept what it saw. */
function lastSilence(
  name: string,
  { silence, restartedAt, boot }: HostTurns,
): Pick<HostState, 'lastSilence'> {
  const { since, until } = silence?.body ?? {};
  if (!since || !until) return {};
  const span = `${name} was not heard from ${clock(since)} to ${clock(until)}`;
  const told = (why: NonNullable<HostState['lastSilence']>['why'], text: string) => ({
    lastSilence: { since, until, why, text: `${span}: ${text}` },
  });
  if (boot && Date.parse(boot.at) >= Date.parse(since) && Date.parse(boot.at) <= Date.parse(until))
    return told('rebooted', 'it booted meanwhile');
  return restartedAt
    ? told('agent-restarted', `its agent was not there until ${clock(restartedAt)}`)
    : told('not-reached', 'the same agent ran on, and could not reach the server');
}

type LastBoot = NonNullable<HostState['lastBoot']>;

/** How the boot before this one ended, as the next one showed. */
function howItWentDown(
  name: string,
  turns: HostTurns,
): { how: LastBoot['how']; text: string; evidence: string[] } {
  const { boot } = turns;
  const at = boot ? ` at ${clock(boot.at)}` : '';
  const evidence = boot ? [boot.id] : [];
  const said = printable(boot?.body.text ?? '');
  switch (boot?.body.previousEnd) {
    case 'shutdown': {
      const asked = requestOf(turns, boot.at);
      return {
        how: 'rebooted',
        text: `${name} rebooted${at}${asked.text}`,
        evidence: [...evidence, ...asked.evidence],
      };
    }
    case 'panic':
      return { how: 'crashed', text: `${name} crashed and booted${at}: ${said}`, evidence };
    case 'no-record':
      return {
        how: 'crashed',
        text: `${name} booted${at} without a shutdown on record (${said}): a crash, a reset or a loss of power`,
        evidence,
      };
    case 'not-known':
      return { how: 'not-known', text: `${name} booted${at}; ${said}`, evidence };
    default:
      return { how: 'not-known', text: `${name} booted${at}`, evidence };
  }
}

/** Who asked for the shutdown before that boot; a sudo line shortly before is strong, not proof. */
function requestOf({ shutdown, request }: HostTurns, bootAt: string) {
  if (!shutdown || shutdown.at > bootAt)
    return { text: '; who asked for it is not known', evidence: [] };
  const evidence = [shutdown.id];
  if (!request?.body.command) return { text: '; who asked for it is not known', evidence };
  const { user, command } = request.body;
  return {
    text: ` after ${printable(user ?? 'somebody')} ran \`${printable(command)}\` at ${clock(request.at)}`,
    evidence: [...evidence, request.id],
  };
}

function down(
  { heartbeatAt }: Presence,
  turns: HostTurns,
  lastSeenAt: string,
  name: string,
): HostState {
  const heardMs = Date.parse(heartbeatAt ?? lastSeenAt);
  const isAbout = (at: string): boolean => Date.parse(at) >= heardMs - endsWithinMs;
  const { shutdown, stop, request } = turns;
  const booted = turns.boot?.at ?? '';
  if (shutdown && isAbout(shutdown.at) && shutdown.at > booted) {
    const by = request?.body.command
      ? ` after ${printable(request.body.user ?? 'somebody')} ran \`${printable(request.body.command)}\``
      : '; who asked for it is not known';
    return {
      state: 'shut-down',
      since: shutdown.at,
      text: `${name} was shut down at ${clock(shutdown.at)}${by}`,
      evidence: [shutdown.id, ...(request ? [request.id] : [])],
    };
  }
  if (stop && isAbout(stop.at))
    return {
      state: stop.body.hostStopping ? 'shut-down' : 'agent-stopped',
      since: stop.at,
      text: stop.body.hostStopping
        ? `${name} was going down at ${clock(stop.at)}: systemd was stopping it, and its agent with it`
        : `${name}'s agent was stopped at ${clock(stop.at)}; whether the host is up is not known`,
      evidence: [stop.id],
    };
  return {
    state: 'silent',
    since: lastSeenAt,
    text: `${name}'s agent is silent since ${clock(lastSeenAt)}; nothing says why: the host, its network or its agent`,
    evidence: [],
  };
}

const clock = (at: string): string =>
  `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
