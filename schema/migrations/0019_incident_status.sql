-- Where an incident stands, beside what lists filter and sort by: kept with each action.
alter table incidents add column status text not null default 'open';
update incidents set status = s.status
  from incident_states s where s.incident_id = incidents.id and s.status <> 'open';
create index incidents_status_last_at on incidents (status, last_at desc, id desc);
