-- Whether somebody else held a claim before and was not done: what it is for may have happened.
alter table claims add column taken_over boolean not null default false;
