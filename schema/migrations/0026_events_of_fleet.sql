-- online
-- What happened anywhere: by kind, by user, or by the name of a process, without a host.
create index concurrently if not exists events_kind_at on events (kind, at desc);
create index concurrently if not exists events_user
  on events ((body ->> 'user'), at desc) where body ->> 'user' is not null;
create index concurrently if not exists events_comm on events (comm, at desc) where comm is not null;
