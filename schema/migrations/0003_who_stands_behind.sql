-- A session begins days before somebody in it ends a process: found by pid, session or terminal, not by time.
create index events_person_pid on events (host, pid, at desc) where kind in ('login', 'cron-run');
create index events_login_session on events (host, (body->>'session'), at desc) where kind = 'login';
create index events_login_tty on events (host, (body->>'tty'), at desc) where kind = 'login';
