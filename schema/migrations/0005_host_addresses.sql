-- Which host had which address, from when to when by the hub's clock.
create table host_addresses (
  address text collate "C" not null,
  host text collate "C" not null,
  since timestamp(6) with time zone not null,
  seen_at timestamp(6) with time zone not null,
  primary key (address, host)
);
