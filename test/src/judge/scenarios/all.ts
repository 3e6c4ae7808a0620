import type { Scenario } from '../recording/recording.ts';
import { ansibleFanOut } from './fleet/ansible-fan-out.ts';
import { nightlyCron } from './fleet/nightly-cron.ts';
import { bystanders } from './kernel/bystanders.ts';
import { twoEqualKills } from './people/two-equal-kills.ts';

/** The golden scenarios. */
export const scenarios: readonly Scenario[] = [
  ansibleFanOut,
  nightlyCron,
  twoEqualKills,
  bystanders,
];
