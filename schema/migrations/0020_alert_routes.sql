-- Where alerts go, and where the card of each incident is or waits to be.
create table alert_routes (
  id text collate "C" primary key,
  route jsonb not null,
  position integer not null,
  created_at timestamp(6) with time zone not null default now(),
  updated_at timestamp(6) with time zone not null default now()
);

create table alert_destinations (
  incident_id text collate "C" not null,
  channel text collate "C" not null,
  route_id text collate "C",
  mentions text[] not null,
  due_at timestamp(6) with time zone,
  released_at timestamp(6) with time zone,
  primary key (incident_id, channel)
);
create index alert_destinations_due_at on alert_destinations (due_at)
  where released_at is null and due_at is not null;
