-- When it died by the hub's clock, where the host's own clock said another time.
alter table deaths add column happened_at timestamp(6) with time zone;
