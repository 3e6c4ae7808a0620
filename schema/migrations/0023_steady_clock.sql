-- By a clock that was set forward everything looks old: what is kept for a time is forgotten only where
-- the clock has gone on steadily for a day.
create table steady_clock (
  id boolean primary key default true check (id),
  seen_at timestamp(6) with time zone not null,
  since timestamp(6) with time zone not null
);
-- Nothing says that it did not until now.
insert into steady_clock (seen_at, since) values (now(), now() - interval '1 day');
