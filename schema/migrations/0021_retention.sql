-- What is old goes in the order in which it came: by the hub's clock, for a host's may be wrong by
-- years, and an old log that was imported today is new. Each event is in one of the three indexes:
-- deaths, what is told once and counts for long, all else.
create index events_death_received on events (received_at) where kind = 'death';
create index events_once_received on events (received_at) where kind in (
  'login', 'logout', 'cron-job', 'cron-run', 'boot', 'shutdown', 'agent-start', 'agent-stop',
  'ssh-client', 'package-change');
create index events_received on events (received_at) where kind not in (
  'death', 'login', 'logout', 'cron-job', 'cron-run', 'boot', 'shutdown', 'agent-start', 'agent-stop',
  'ssh-client', 'package-change');
create index quarantine_received_at on quarantine (received_at);

-- Deaths that are there already count as stored now: nothing says when they were.
alter table deaths add column stored_at timestamp(6) with time zone not null default now();
create index deaths_stored_at on deaths (stored_at);

-- The room of what was forgotten is used again before the table has grown by a fifth.
alter table events set (autovacuum_vacuum_scale_factor = 0.02);
alter table deaths set (autovacuum_vacuum_scale_factor = 0.02);
