-- Deaths that somebody announced; a removed rule stays, for what it explained stays explained.
create table expected_rules (
  id text collate "C" primary key,
  rule jsonb not null,
  from_at timestamp(6) with time zone not null,
  until_at timestamp(6) with time zone not null,
  created_at timestamp(6) with time zone not null default now(),
  removed_at timestamp(6) with time zone
);
create index expected_rules_until_at on expected_rules (until_at);

-- What a cron line has ended before.
create index deaths_by_cron on deaths (
  host, (answer #>> '{actor,origin,file}'), (answer #>> '{actor,origin,command}'), died_at desc
) where answer #>> '{actor,origin,type}' = 'cron';
