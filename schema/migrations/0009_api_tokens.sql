-- Tokens of the API: hashed, with a scope and an end.
create table api_tokens (
  id text collate "C" primary key,
  secret_hash text not null,
  name text not null,
  scope text not null,
  created_at timestamp(6) with time zone not null default now(),
  created_by text not null,
  expires_at timestamp(6) with time zone,
  last_used_at timestamp(6) with time zone,
  revoked_at timestamp(6) with time zone
);
