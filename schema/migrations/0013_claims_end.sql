-- Claims are forgotten when nobody can ask for them any more.
alter table claims add column claimed_at timestamp(6) with time zone not null default now();
create index claims_claimed_at on claims (claimed_at);
