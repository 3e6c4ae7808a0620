import type { FatalSignal } from '@coroner/schema/event/death';
import type { Process } from '@coroner/schema/process';
import { onceForShared } from '../shared.ts';
import type { RawEvent } from '../source.ts';
import { attachedTo } from './attached.ts';
import { containerIds } from './container-names.ts';
import { remoteOf } from './remote.ts';
import { userNames } from './users.ts';
import { type Workload, workloadOf } from './workload.ts';

const rootUid = 0;
/** Most processes of a storm live in a few cgroups. */
const rememberedCgroups = 512;
const freshMs = 30_000;

type Ancestry = Process['ancestry'];

/** Fills in what follows from what an event says: names of users, units, containers and pods, and from where somebody came. */
export function identifier(
  userName = userNames(),
  remote = remoteOf(),
  attached = attachedTo(userName, remote),
  idsOf = containerIds(),
): (event: RawEvent) => RawEvent {
  const workloads = new Map<string, Workload>();
  const identifiedSender = onceForShared(identified);
  const ancestors = {
    ofHost: onceForShared((ancestry: Ancestry) => named(ancestry, false)),
    contained: onceForShared((ancestry: Ancestry) => named(ancestry, true)),
  };
  return (event) => {
    if (event.kind === 'request') return identifiedRequest(event);
    if (event.kind === 'cron-job' && event.changedBy)
      return { ...event, changedBy: identified(event.changedBy) };
    if (event.kind !== 'death') return event;
    return {
      ...event,
      victim: identified(event.victim),
      signals: event.signals.map((signal) =>
        signal.current
          ? { ...signal, current: withClients(identifiedSender(signal.current), signal) }
          : signal,
      ),
    };
  };

  function identifiedRequest(event: Extract<RawEvent, { kind: 'request' }>): RawEvent {
    const by = withClients(identified(event.by), { at: event.at ?? '', bootUs: event.bootUs ?? 0 });
    const { of, targets, endedUs } = event;
    // When it is told again, what it removed may be gone.
    const isNamed = (of === 'container' || of === 'pod') && endedUs === undefined;
    const ids = isNamed ? idsOf(of, targets) : [];
    return { ...event, by, ...(ids.length > 0 ? { ids } : {}) };
  }

  /** Who came later was not there then; long after, who was there may have left. */
  function withClients(
    process: Process,
    { at, bootUs }: Pick<FatalSignal, 'at' | 'bootUs'>,
  ): Process {
    if (process.attached || Date.now() - Date.parse(at) > freshMs) return process;
    const clients = attached(process)?.filter(({ startUs }) => (startUs ?? 0) <= bootUs);
    return clients ? { ...process, attached: clients } : process;
  }

  function identified(process: Process): Process {
    const workload = workloadIn(process.cgroup ?? '');
    const peer = process.remote ? null : remote(process);
    return {
      ...process,
      unit: process.unit ?? workload.unit,
      container: process.container ?? workload.container,
      pod: process.pod ?? workload.pod,
      user: process.user ?? nameOf(process.uid, workload.container !== null),
      // The audit uid is that of the login on the host, wherever the process is now.
      auditUser: process.auditUser ?? nameOf(process.auid, false),
      remote: process.remote ?? peer?.address ?? null,
      remotePort: process.remotePort ?? peer?.port ?? null,
      ancestry: (workload.container === null ? ancestors.ofHost : ancestors.contained)(
        process.ancestry,
      ),
    };
  }

  function named(ancestry: Ancestry, contained: boolean): Ancestry {
    return ancestry.map((ancestor) => ({
      ...ancestor,
      user: ancestor.user ?? nameOf(ancestor.uid, contained),
    }));
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
