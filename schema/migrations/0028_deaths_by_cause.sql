-- online
-- The newest deaths of a rare cause, without a walk back through all others.
create index concurrently if not exists deaths_cause on deaths (cause, died_at desc, id desc);
