-- What a search by user or address looks for, newest first.
create index deaths_user_name on deaths (user_name, died_at desc) where user_name is not null;
create index deaths_actor_user on deaths (actor_user, died_at desc) where actor_user is not null;
create index events_login_user on events ((body ->> 'user'), at desc) where kind = 'login';
create index events_login_audit_user on events ((body ->> 'auditUser'), at desc) where kind = 'login';
create index events_login_from on events ((body ->> 'from'), at desc) where kind = 'login';
