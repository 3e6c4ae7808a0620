import type { Scenario } from '../recording/recording.ts';
import { agentOffline } from './fleet/agent-offline.ts';
import { ansibleFanOut } from './fleet/ansible-fan-out.ts';
import { leakAfterDeploy } from './fleet/leak-after-deploy.ts';
import { nightlyCron } from './fleet/nightly-cron.ts';
import { bystanders } from './kernel/bystanders.ts';
import { forgedLogs } from './kernel/forged-logs.ts';
import { oomInvoker } from './kernel/oom-invoker.ts';
import { dockerStopAgainstAKill } from './people/docker-stop-against-a-kill.ts';
import { sshDrop } from './people/ssh-drop.ts';
import { twoEqualKills } from './people/two-equal-kills.ts';

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
  bystanders,
];
