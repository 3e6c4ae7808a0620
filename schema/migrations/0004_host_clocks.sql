-- What the hub knows of a host's clock, a row for each of its boots.
create table host_clocks (
  host text collate "C" not null,
  boot_id text collate "C" not null,
  -- When it booted, by the hub's clock; null where no message told the time since boot.
  booted_at timestamp(6) with time zone,
  -- Its wall clock minus the hub's, and how far that may be wrong.
  offset_ms double precision not null,
  error_ms double precision not null,
  measured_at timestamp(6) with time zone not null,
  -- The newest measurements.
  samples jsonb not null,
  primary key (host, boot_id)
);

-- What was watched on a host, since when by its own clock: a row for each change.
create table host_watches (
  host text collate "C" not null,
  since timestamp(6) with time zone not null,
  sources jsonb not null,
  primary key (host, since)
);
insert into host_watches (host, since, sources)
  select host, to_timestamp(0), sources from hosts where heartbeat_at is not null;
