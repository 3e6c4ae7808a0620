-- Links that sign somebody in once: hashed, as tokens are.
create table sign_in_links (
  code_hash text collate "C" primary key,
  name text not null,
  path text not null,
  created_by text not null,
  expires_at timestamp(6) with time zone not null,
  used_at timestamp(6) with time zone
);
