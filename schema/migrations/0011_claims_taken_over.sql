-- What whoever takes a claim over has to know, and the claims that wait for that.
alter table claims add column about jsonb;
create index claims_open on claims (lease_until) where value is null;
