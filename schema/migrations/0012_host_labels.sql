-- What the agent's configuration says of a host: role, environment.
alter table hosts add column labels jsonb not null default '{}';
