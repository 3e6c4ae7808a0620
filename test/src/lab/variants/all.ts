import type { Variant } from '../variant.ts';
import { bondVariants } from './bonds.ts';
import { bpfProgramVariants } from './bpf-program.ts';
import { cgroupKillVariants } from './cgroup-kill.ts';
import { execVariants } from './exec.ts';
import { containerVariants } from './managers/container.ts';
import { earlyoomVariants } from './managers/earlyoom.ts';
import { shutdownVariants } from './managers/shutdown.ts';
import { systemdVariants } from './managers/systemd.ts';
import { memoryVariants } from './memory.ts';
import { ownVariants } from './own.ts';
import { sentAcrossNamespaces } from './sent/across-namespaces.ts';
import { sentByCommands } from './sent/by-commands.ts';
import { sentByOtherUsers } from './sent/by-other-users.ts';
import { sentBySystemCalls } from './sent/by-system-calls.ts';
import { mergedVariants } from './sent/merged.ts';
import { sentToVictims } from './sent/to-victims.ts';
import { terminalVariants } from './terminal.ts';

/** Every way to die that this machine can show without another kernel. */
export const allVariants: readonly Variant[] = [
  ...sentByCommands,
  ...sentBySystemCalls,
  ...sentByOtherUsers,
  ...sentToVictims,
  ...mergedVariants,
  ...sentAcrossNamespaces,
  ...ownVariants,
  ...bpfProgramVariants,
  ...execVariants,
  ...bondVariants,
  ...terminalVariants,
  ...memoryVariants,
  ...cgroupKillVariants,
  ...systemdVariants,
  ...shutdownVariants,
  ...earlyoomVariants,
  ...containerVariants,
];
