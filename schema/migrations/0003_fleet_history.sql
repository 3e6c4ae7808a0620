-- Logins are listed over the whole fleet; crontab lines are looked up by their place.
create index events_logins on events (at desc, id desc) where kind = 'login';
create index events_cron_jobs on events (
  host, (body ->> 'file') collate "C", ((body ->> 'line')::integer), at desc, received_at desc
) where kind = 'cron-job';

-- What was committed, in the order of the commits: subscribers of the stream resume behind a number.
create table changes (
  seq bigserial primary key,
  kind text collate "C" not null,
  subject_id text collate "C" not null,
  changed_at timestamp(6) with time zone not null default now()
);

-- Events of logs that may be all that is known of a death: looked at when they are due.
create table death_hints (
  event_id text collate "C" primary key,
  due_at timestamp(6) with time zone not null
);
create index death_hints_due_at on death_hints (due_at);
insert into death_hints (event_id, due_at)
  select id, now() from events where kind = 'oom-kill' and received_at > now() - interval '1 day';
drop index events_oom_received;

-- An incident that turned out to be part of an earlier one.
alter table incidents add column merged_into text collate "C";
create index incident_keys_incident on incident_keys (incident_id);
