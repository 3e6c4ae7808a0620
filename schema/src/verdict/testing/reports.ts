import type { EventOf } from '../../event/event.ts';
import { before, bystander } from './case.ts';

/** The kernel's report that the victim of an ordinary death was killed for the memory of its cgroup. */
export const oomOfCgroup: EventOf<'oom-kill'> = {
  kind: 'oom-kill',
  id: 'report-of-the-kernel',
  source: 'kmsg',
  ...before(-3),
  pid: 4121,
  comm: 'nginx',
  constraint: 'memcg',
  oomMemcg: '/web',
  usageKb: 65536,
  limitKb: 65536,
  anonRssKb: 60000,
  invokedBy: bystander.comm,
};

export const oomOfHost: EventOf<'oom-kill'> = {
  ...oomOfCgroup,
  constraint: 'none',
  oomMemcg: null,
};
