-- When a death first came with each key: an incident is as wide as its deaths, and no wider.
alter table incident_keys add column first_at timestamp(6) with time zone;
update incident_keys k set first_at = least(k.last_at, i.first_at)
from incidents i where i.id = k.incident_id;
update incident_keys set first_at = last_at where first_at is null;
alter table incident_keys alter column first_at set not null;

-- An incident whose deaths turned out to be none of it, or none at all.
alter table incidents add column withdrawn boolean not null default false;
