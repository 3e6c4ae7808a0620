import type { EventOf } from '@coroner/schema/event/event';
import type { Queryable } from '../database.ts';

/** A stored event with its time. */
interface Told<Kind extends 'boot' | 'shutdown' | 'agent-stop' | 'privilege' | 'gap'> {
  id: string;
  at: string;
  body: EventOf<Kind>;
}

/** The newest events about the ups and downs of a host; null where there are none. */
export interface HostTurns {
  host: string;
  /** As its agent told it, which knows how the boot before ended. */
  boot: Told<'boot'> | null;
  shutdown: Told<'shutdown'> | null;
  stop: Told<'agent-stop'> | null;
  /** The last command before that shutdown by which somebody asked for one, through sudo or the like. */
  request: Told<'privilege'> | null;
  /** The last time without heartbeats that is over, and the agent's first start in it. */
  silence: Told<'gap'> | null;
  restartedAt: string | null;
}

/** Who asks is written down before, and a shutdown waits for services to stop. */
const requestSeconds = 300;
const asksForShutdown =
  '(^|[/ ])((reboot|poweroff|halt|shutdown)( |$)|(systemctl|loginctl) (.* )?(reboot|poweroff|halt|kexec|soft-reboot)( |$)|(telinit|init) [06]( |$))';

/** The newest turns of each host. Text logs are left out: any user may write into them, and somebody would be named. */
export async function hostTurns(on: Queryable, hosts: readonly string[]): Promise<HostTurns[]> {
  const { rows } = await on.query<HostTurns>({
    name: 'host-turns',
    text: `
      select asked.host, boot.told as boot, shutdown.told as shutdown, stop.told as stop,
             request.told as request, silence.told as silence, restart.at as "restartedAt"
      from unnest($1::text[]) as asked(host)
      left join lateral (
        select ${told} from events e
        where e.host = asked.host and e.kind = 'boot' and e.kind <> 'death' and e.source = 'agent'
        order by e.at desc limit 1) boot on true
      left join lateral (
        select ${told}, e.at from events e
        where e.host = asked.host and e.kind = 'shutdown' and e.kind <> 'death' and e.source <> 'log'
        order by e.at desc limit 1) shutdown on true
      left join lateral (
        select ${told} from events e
        where e.host = asked.host and e.kind = 'agent-stop' and e.kind <> 'death'
        order by e.at desc limit 1) stop on true
      left join lateral (
        select ${told} from events e
        where e.host = asked.host and e.kind = 'privilege' and e.kind <> 'death' and e.source <> 'log'
          and e.at between shutdown.at - interval '${requestSeconds} seconds' and shutdown.at
          and e.body ->> 'command' ~ $2
        order by e.at desc limit 1) request on true
      left join lateral (
        select ${told}, (e.body ->> 'since')::timestamptz as since, e.at from events e
        where e.host = asked.host and e.kind = 'gap' and e.kind <> 'death' and e.source = 'hub'
          and e.body ->> 'of' = 'agent'
        order by e.at desc limit 1) silence on true
      left join lateral (
        select e.at from events e
        where e.host = asked.host and e.kind = 'agent-start' and e.kind <> 'death'
          and e.at between silence.since and silence.at
        order by e.at limit 1) restart on true`,
    values: [hosts, asksForShutdown],
  });
  return rows;
}

const told = `jsonb_build_object(
  'id', e.id, 'body', e.body,
  'at', to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) as told`;
