import { constants } from 'node:os';
import type { Lab } from '../../lab.ts';
import { onlyChild } from '../../stage/processes.ts';
import { readyPid, type Staged, stage } from '../../stage/staged.ts';
import type { Variant } from '../../variant.ts';
import { sent, sentBy } from './sent.ts';

const { SIGKILL, SIGTERM } = constants.signals;
const ownPids = ['unshare', '--pid', '--mount-proc', '--fork', '--kill-child'];
const likeContainer = [...ownPids, '--uts', '--ipc', '--net', '--cgroup'];

/** A victim below the init of its namespaces: a shell. */
const within = (namespaces: readonly string[]) => (lab: Lab) =>
  lab.victimUnder([...namespaces, 'sh', '-c', '"$0" "$@" & wait'], 'sleep');

const asInit = (lab: Lab): Promise<Staged> => lab.victimUnder(ownPids, 'sleep');

/** Enters the pid namespace of the victim; `target` counts there. */
const entering = (how: string, number: number) => (victim: Staged, lab: Lab) =>
  lab.senderUnder(
    ['nsenter', '--target', String(victim.pid), '--pid', '--mount'],
    how,
    innerPid(victim),
    String(number),
  );

const innerPid = (victim: Staged): string => /ready (\d+)/.exec(victim.output())?.[1] ?? '';

const bySystemCall = (call: string, number: number) => (pid: number, lab: Lab) =>
  [lab.programs.path('sender'), call, String(pid), String(number)] as [string, ...string[]];

/** The killer stands in the victim's pid namespace, or in the host's: the pids that they say differ. */
export const sentAcrossNamespaces: readonly Variant[] = [
  sent('host kills into a pid namespace', bySystemCall('kill', SIGKILL), within(ownPids)),
  sent('host queues into a pid namespace', bySystemCall('sigqueue', SIGTERM), within(ownPids)),
  sent('host kills into a container', bySystemCall('kill', SIGTERM), within(likeContainer)),
  sent('host kills the init of a pid namespace', bySystemCall('kill', SIGKILL), asInit),
  sent(
    'host kills by pidfd into a container',
    bySystemCall('pidfd', SIGKILL),
    within(likeContainer),
  ),
  sentBy('kill inside a pid namespace', entering('kill', SIGKILL), within(ownPids)),
  sentBy('tgkill inside a container', entering('tgkill', SIGTERM), within(likeContainer)),
  sentBy('kill -1 inside a pid namespace', entering('kill-all', SIGKILL), within(ownPids)),
  {
    cause: 'signal-from-process',
    name: 'an init inside kills its child',
    async run(lab) {
      const path = lab.nextVictim();
      const init = await stage(ownPids[0] ?? '', [
        ...ownPids.slice(1),
        'sh',
        '-c',
        `exec 3<&0; "$0" sleep & read line <&3; kill -9 $!; wait`,
        path,
      ]);
      await readyPid(init);
      const actor = onlyChild(init.pid);
      const pid = onlyChild(actor);
      init.go();
      await init.gone;
      return { pid, actor };
    },
  },
];
