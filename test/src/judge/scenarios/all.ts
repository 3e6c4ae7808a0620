import type { Scenario } from '../recording/recording.ts';
import { agentOffline } from './fleet/agent-offline.ts';
import { ansibleFanOut } from './fleet/ansible-fan-out.ts';
import { hostCrashes } from './fleet/host-crashes.ts';
import { leakAfterDeploy } from './fleet/leak-after-deploy.ts';
import { nightlyCron } from './fleet/nightly-cron.ts';
import { bareCoincidences } from './kernel/bare-coincidences.ts';
import { bystanders } from './kernel/bystanders.ts';
import { forgedLogs } from './kernel/forged-logs.ts';
import { hostileNames } from './kernel/hostile-names.ts';
import { logsAlone } from './kernel/logs-alone.ts';
import { oomInvoker } from './kernel/oom-invoker.ts';
import { ownEnds } from './kernel/own-ends.ts';
import { wholeCgroups } from './kernel/whole-cgroups.ts';
import { auditAlone } from './people/audit-alone.ts';
import { dockerStopAgainstAKill } from './people/docker-stop-against-a-kill.ts';
import { nearMisses } from './people/near-misses.ts';
import { overBroadKill } from './people/over-broad-kill.ts';
import { reusedNumbers } from './people/reused-numbers.ts';
import { sshDrop } from './people/ssh-drop.ts';
import { twoEqualKills } from './people/two-equal-kills.ts';
import { asked } from './services/asked.ts';
import { shutdown } from './services/shutdown.ts';
import { stops } from './services/stops.ts';

/** The golden scenarios. */
export const scenarios: readonly Scenario[] = [
  ansibleFanOut,
  nightlyCron,
  leakAfterDeploy,
  dockerStopAgainstAKill,
  oomInvoker,
  sshDrop,
  agentOffline,
  forgedLogs,
  twoEqualKills,
  auditAlone,
  nearMisses,
  reusedNumbers,
  overBroadKill,
  bareCoincidences,
  bystanders,
  wholeCgroups,
  hostileNames,
  logsAlone,
  stops,
  asked,
  shutdown,
  ownEnds,
  hostCrashes,
];
