-- online
-- Which cron jobs ran on all hosts: in the order of time, without a walk through all else.
create index concurrently if not exists events_cron_runs
  on events (at desc, id desc) where kind = 'cron-run';
