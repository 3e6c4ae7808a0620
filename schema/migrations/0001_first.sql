-- Texts compare by bytes (collate "C"): names of processes have no language, and ids need none.

create table hosts (
  host text collate "C" primary key,
  boot_id text,
  kernel text,
  os text,
  agent text,
  last_seen_at timestamp(6) with time zone,
  heartbeat_at timestamp(6) with time zone,
  sources jsonb not null default '[]'
);

create table events (
  id text collate "C" primary key,
  host text collate "C" not null,
  boot_id text collate "C" not null,
  kind text collate "C" not null,
  source text collate "C" not null,
  at timestamp(6) with time zone not null,
  pid integer,
  comm text collate "C",
  body jsonb not null,
  received_at timestamp(6) with time zone not null
);
create index events_host_at on events (host, at desc, id desc);
create index events_evidence on events (host, kind, at) where kind <> 'death';
create index events_oom_received on events (received_at) where kind = 'oom-kill';

create table deaths (
  id text collate "C" primary key,
  host text collate "C" not null,
  boot_id text collate "C" not null,
  pid integer not null,
  comm text collate "C" not null,
  exe_name text collate "C",
  argv0 text collate "C",
  argv0_name text collate "C",
  unit text collate "C",
  user_name text collate "C",
  died_at timestamp(6) with time zone not null,
  cause text collate "C" not null,
  confidence text collate "C" not null,
  summary text not null,
  actor_key text collate "C",
  actor_user text collate "C",
  incident_id text collate "C",
  from_log boolean not null default false,
  revision integer not null default 1,
  answer jsonb not null
);
create index deaths_died_at on deaths (died_at desc, id desc);
create index deaths_host_died_at on deaths (host, died_at desc, id desc);
create index deaths_host_pid on deaths (host, pid, died_at desc);
create index deaths_host_comm on deaths (host, comm, died_at desc);
create index deaths_comm on deaths (comm, died_at desc);
create index deaths_exe_name on deaths (exe_name, died_at desc) where exe_name is not null;
create index deaths_argv0 on deaths (argv0, died_at desc) where argv0 is not null;
create index deaths_argv0_name on deaths (argv0_name, died_at desc) where argv0_name is not null;
create index deaths_unit on deaths (unit, died_at desc) where unit is not null;
create index deaths_actor_key on deaths (actor_key) where actor_key is not null;
create index deaths_incident on deaths (incident_id) where incident_id is not null;

create table death_revisions (
  death_id text collate "C" not null,
  revision integer not null,
  answer jsonb not null,
  replaced_at timestamp(6) with time zone not null default now(),
  primary key (death_id, revision)
);

create table process_names (
  name text collate "C" primary key
);

create table incidents (
  id text collate "C" primary key,
  title text not null,
  cause text collate "C" not null,
  first_at timestamp(6) with time zone not null,
  last_at timestamp(6) with time zone not null,
  deaths integer not null,
  hosts text[] not null,
  revision integer not null default 1,
  death_id text collate "C" not null,
  published_at timestamp(6) with time zone
);
create index incidents_last_at on incidents (last_at desc, id desc);

create table incident_keys (
  key text collate "C" not null,
  incident_id text collate "C" not null,
  last_at timestamp(6) with time zone not null,
  primary key (key, incident_id)
);

create table outbox (
  incident_id text collate "C" primary key,
  revision integer not null,
  due_at timestamp(6) with time zone not null,
  lease_until timestamp(6) with time zone,
  created_at timestamp(6) with time zone not null default now()
);
create index outbox_due_at on outbox (due_at);

create table quarantine (
  seq bigserial primary key,
  id text collate "C" not null unique,
  subject text not null,
  reason text not null,
  payload text not null,
  payload_bytes integer not null,
  received_at timestamp(6) with time zone not null default now()
);

create table claims (
  key text collate "C" primary key,
  holder text not null,
  lease_until timestamp(6) with time zone not null,
  value jsonb
);
