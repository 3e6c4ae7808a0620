import type { Pool } from '@coroner/hub/dist/store/database.js';

/** How the few real rows become the history of a fleet. */
export interface FleetSize {
  events: number;
  hosts: number;
  days: number;
}

/** Of a hundred events that many are deaths. */
const deathsAHundred = 5;
const copiesAtOnce = 20_000;
const programs = 400;

/** A number in 0..1 that depends on the copy and a text alone. */
const draw = (text: string): string => `coroner_draw(copy, ${text})`;
/** Some hosts, and some programs, die much more often than others. */
const hostOf = (host: string): string =>
  `'host-' || lpad(floor(power(${draw(host)}, 2) * (select hosts from size))::text, 5, '0')`;
const commOf = (comm: string): string =>
  `'svc-' || lpad(floor(power(${draw(comm)}, 3) * ${programs})::text, 3, '0')`;
const atOf = (at: string): string =>
  `(${at} - make_interval(secs => ${draw(`'when'`)} * (select days from size) * 86400))`;
const idOf = (id: string): string => `md5(copy || ${id})`;

const setUp = `
  create function coroner_draw(copy bigint, text) returns double precision immutable language sql
    as $$ select ('x' || substr(md5(copy || $2), 1, 8))::bit(32)::bigint / 4294967296.0 $$;
  create temp table size (hosts integer, days integer);
  create temp table seed_events as select * from events where host <> 'evil-1';
  create temp table seed_deaths as select * from deaths where host <> 'evil-1';
  create temp table seed_incidents as
    select * from incidents where id in (select incident_id from seed_deaths);
  truncate events, deaths, incidents, incident_keys, hosts, process_names, changes, outbox`;

const isDeath = `kind = 'death'`;
const eventsOf = (which: string): string => `
  insert into events (id, host, boot_id, kind, source, at, pid, comm, body, received_at)
  select ${idOf('id')}, ${hostOf('host')}, boot_id, kind, source, ${atOf('at')}, pid,
         ${commOf('comm')}, body, ${atOf('received_at')}
  from generate_series($1::bigint, $2::bigint) copy, seed_events where ${which}`;

const deaths = `
  insert into deaths (id, host, boot_id, pid, comm, exe_name, argv0, argv0_name, unit, user_name,
    died_at, happened_at, cause, confidence, summary, actor_key, actor_user, incident_id, from_log, answer)
  select ${idOf('id')}, ${hostOf('host')}, boot_id, pid + copy % 30000, ${commOf('comm')}, exe_name,
    argv0, argv0_name, ${commOf('comm')} || '.service', user_name, ${atOf('died_at')},
    ${atOf('happened_at')}, cause, confidence, summary, ${idOf('actor_key')}, actor_user,
    ${idOf('incident_id')}, from_log,
    jsonb_set(answer, '{death}', answer -> 'death' || jsonb_build_object('id', ${idOf('id')},
      'host', ${hostOf('host')}, 'comm', ${commOf('comm')}, 'unit', ${commOf('comm')} || '.service',
      'diedAt', to_char(${atOf('died_at')} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')))
  from generate_series($1::bigint, $2::bigint) copy, seed_deaths`;

const incidents = `
  insert into incidents (id, title, cause, first_at, last_at, deaths, hosts, death_id)
  select ${idOf('id')}, title, cause, ${atOf('first_at')}, ${atOf('last_at')}, deaths,
    array(select ${hostOf('host')} from unnest(hosts) host), ${idOf('death_id')}
  from generate_series($1::bigint, $2::bigint) copy, seed_incidents`;

const namesAndHosts = `
  insert into process_names (name)
    select name from deaths, unnest(array[comm, exe_name, argv0, argv0_name, unit]) name
    where name is not null group by name;
  insert into hosts (host, last_seen_at, heartbeat_at) select host, now(), now() from events group by host;
  analyze`;

/** Makes the history of a fleet out of the events, deaths and incidents that are stored. */
export async function multiply(
  pool: Pool,
  { events, hosts, days }: FleetSize,
  progress: (done: number) => void,
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query(setUp);
    await client.query('insert into size values ($1, $2)', [hosts, days]);
    const { rows } = await client.query<{ all: number; deaths: number }>(
      `select count(*)::integer as all, count(*) filter (where ${isDeath})::integer as deaths from seed_events`,
    );
    const seed = rows[0] ?? { all: 0, deaths: 0 };
    const parts = [
      { texts: [eventsOf(`not ${isDeath}`)], a: seed.all - seed.deaths, of: 100 - deathsAHundred },
      { texts: [eventsOf(isDeath), deaths, incidents], a: seed.deaths, of: deathsAHundred },
    ];
    const indexes = await dropIndexes(client);
    let done = 0;
    for (const { texts, a, of } of parts) {
      const copies = Math.ceil((events * of) / 100 / a);
      for (let from = 1; from <= copies; from += copiesAtOnce) {
        const to = Math.min(copies, from + copiesAtOnce - 1);
        for (const text of texts) await client.query(text, [from, to]);
        done += (to - from + 1) * a;
        progress(done);
      }
    }
    for (const text of indexes) await client.query(text);
    await client.query(namesAndHosts);
  } finally {
    client.release();
  }
}

/** An index is made much faster than it is kept up; what is left makes ids unique. */
async function dropIndexes(client: { query: Pool['query'] }): Promise<string[]> {
  const { rows } = await client.query<{ name: string; text: string }>(`
    select indexname as name, indexdef as text from pg_indexes
    where schemaname = 'public' and tablename in ('events', 'deaths', 'incidents')
      and indexname not like '%_pkey'`);
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return rows.map(({ text }) => text);
}
