-- Addresses that incidents are posted to, what each was told, and the messages to them.
create table webhooks (
  id text collate "C" primary key,
  name text not null,
  url text not null,
  match jsonb not null,
  events text[],
  secret_hash text not null,
  created_at timestamp(6) with time zone not null default now(),
  created_by text not null,
  off_at timestamp(6) with time zone,
  off_because text
);

create table webhook_incidents (
  webhook_id text collate "C" not null,
  incident_id text collate "C" not null,
  revision integer not null,
  status text not null,
  primary key (webhook_id, incident_id)
);
create index webhook_incidents_incident on webhook_incidents (incident_id);

create table webhook_deliveries (
  seq bigserial primary key,
  id text collate "C" not null unique,
  webhook_id text collate "C" not null,
  incident_id text collate "C",
  event text not null,
  body text not null,
  state text not null default 'waiting',
  attempts integer not null default 0,
  created_at timestamp(6) with time zone not null default now(),
  due_at timestamp(6) with time zone not null,
  lease_until timestamp(6) with time zone,
  last_attempt_at timestamp(6) with time zone,
  status integer,
  reason text
);
create index webhook_deliveries_due on webhook_deliveries (webhook_id, due_at) where state = 'waiting';
create index webhook_deliveries_waiting on webhook_deliveries (webhook_id, incident_id, seq)
  where state = 'waiting';
create index webhook_deliveries_listed on webhook_deliveries (webhook_id, created_at desc, id desc);
create index webhook_deliveries_created_at on webhook_deliveries (created_at);
