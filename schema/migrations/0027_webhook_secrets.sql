-- Secrets of webhooks can be exchanged: the number of the one that counts, and those before it that
-- still sign, each {number, hash, until}.
alter table webhooks
  add column secret_number integer not null default 1,
  add column earlier_secrets jsonb not null default '[]';
