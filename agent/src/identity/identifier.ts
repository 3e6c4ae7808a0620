import type { Process } from '@coroner/schema/process';
import type { RawEvent } from '../source.ts';
import { remoteOf } from './remote.ts';
import { userNames } from './users.ts';
import { type Workload, workloadOf } from './workload.ts';

const rootUid = 0;
/** Most processes of a storm live in a few cgroups. */
const rememberedCgroups = 512;

/** Fills in what follows from what an event says: names of users, units, containers and pods, and from where somebody came. */
export function identifier(
  userName = userNames(),
  remote = remoteOf(),
): (event: RawEvent) => RawEvent {
  const workloads = new Map<string, Workload>();
  return (event) => {
    if (event.kind !== 'death') return event;
    return {
      ...event,
      victim: identified(event.victim),
      signals: event.signals.map((signal) =>
        signal.current ? { ...signal, current: identified(signal.current) } : signal,
      ),
    };
  };

  function identified(process: Process): Process {
    const workload = workloadIn(process.cgroup ?? '');
    return {
      ...process,
      unit: process.unit ?? workload.unit,
      container: process.container ?? workload.container,
      pod: process.pod ?? workload.pod,
      user: process.user ?? nameOf(process.uid, workload.container !== null),
      // The audit uid is that of the login on the host, wherever the process is now.
      auditUser: process.auditUser ?? nameOf(process.auid, false),
      remote: process.remote ?? remote(process),
      ancestry: process.ancestry.map((ancestor) => ({
        ...ancestor,
        user: ancestor.user ?? nameOf(ancestor.uid, workload.container !== null),
      })),
    };
  }

  function workloadIn(cgroup: string): Workload {
    const known = workloads.get(cgroup);
    if (known) return known;
    if (workloads.size >= rememberedCgroups) workloads.clear();
    const workload = workloadOf(cgroup);
    workloads.set(cgroup, workload);
    return workload;
  }

  /** In a container a uid has a name of its own, and the host's name would accuse a stranger. */
  function nameOf(uid: number | null | undefined, contained: boolean): string | null {
    if (typeof uid !== 'number' || (contained && uid !== rootUid)) return null;
    return userName(uid);
  }
}
