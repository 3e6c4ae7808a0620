-- Few rows, looked up for every new death of a probe: it replaces what only a log knew.
create index deaths_from_log on deaths (host, pid, died_at) where from_log;
