import { Command } from 'commander';
import { agentConfig } from '../config.ts';
import { removeRecording } from '../probe/kernel/leftovers.ts';
import { removeInstance } from '../sources/tracefs/kernel/leftovers.ts';
import { instanceOf } from './instance.ts';

/** `coroner-agent uninstall`: what the agent of this state directory left in the kernel goes. */
export function uninstallCommand(): Command {
  return new Command('uninstall')
    .description('end the recording that a stopped agent left in the kernel; its files stay')
    .action(uninstall);
}

function uninstall(): void {
  const { stateDir } = agentConfig();
  const instance = instanceOf(stateDir);
  const removed = [...removeRecording(instance), ...removeInstance(instance)];
  const { stdout } = process;
  for (const path of removed) stdout.write(`removed ${path}\n`);
  if (removed.length === 0) stdout.write(`the kernel holds nothing of ${stateDir}\n`);
}
