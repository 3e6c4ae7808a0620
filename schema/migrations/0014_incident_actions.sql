-- What people did about incidents, and what the hub did by itself, in the order in which it was done.
create table incident_actions (
  id text collate "C" primary key,
  seq bigserial not null,
  incident_id text collate "C" not null,
  kind text not null,
  status text not null,
  name text not null,
  slack_user text,
  token text,
  at timestamp(6) with time zone not null default now(),
  note text,
  until_at timestamp(6) with time zone
);
create index incident_actions_incident on incident_actions (incident_id, seq);

-- Where an incident stands; one without a row is open.
create table incident_states (
  incident_id text collate "C" primary key,
  status text not null,
  action_id text collate "C" not null,
  until_at timestamp(6) with time zone,
  deaths integer not null,
  hosts integer not null
);
create index incident_states_until_at on incident_states (until_at) where status = 'snoozed';
