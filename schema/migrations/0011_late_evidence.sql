-- What one process ended within minutes: systemd ends thousands in its life.
drop index deaths_actor_key;
create index deaths_actor_key on deaths (actor_key, died_at desc) where actor_key is not null;

-- Deaths behind which somebody stands: who that is may be told later.
create index deaths_by_somebody on deaths (host, died_at desc)
where actor_key is not null or actor_user is not null or cause = 'hangup';
-- Deaths by somebody who came over the network: the other end of the connection may be told later.
create index deaths_from_address on deaths ((answer #>> '{actor,origin,from}'), died_at)
where answer #>> '{actor,origin,from}' is not null;
