-- online
-- "Why did nginx die on web-3": a unit that thousands of hosts have was searched on all of them.
create index concurrently if not exists deaths_host_exe_name
  on deaths (host, exe_name, died_at desc) where exe_name is not null;
create index concurrently if not exists deaths_host_argv0
  on deaths (host, argv0, died_at desc) where argv0 is not null;
create index concurrently if not exists deaths_host_argv0_name
  on deaths (host, argv0_name, died_at desc) where argv0_name is not null;
create index concurrently if not exists deaths_host_unit
  on deaths (host, unit, died_at desc) where unit is not null;
