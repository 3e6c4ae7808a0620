import type { EventOf } from '../../event/event.ts';
import type { Facts } from './facts.ts';
import { near } from './nearby.ts';

/** A shell notes the second in which the command began. */
const withinMs = 30_000;
const toleranceMs = 1_000;
const shortestName = 3;
/** Commands that end processes, or have others end them. */
const ending =
  /(?:^|[\s;&|(/])(?:kill|pkill|killall5?|skill|fuser|systemctl|service|docker|podman|kubectl|crictl)\s/;

/**
 * Commands in shell histories that end something and name the victim, typed just before its death:
 * they stand beside a verdict and never make one, since their user can write anything there.
 */
export function typedAbout({
  evidence,
  death,
  victim,
  decisive,
}: Facts): EventOf<'shell-command'>[] {
  if (death.exit.signal === null && decisive === null) return [];
  const names = [String(victim.pid), victim.comm, victim.unit?.replace(/\.service$/, '') ?? ''];
  return near(evidence, 'shell-command', death, withinMs).filter(
    ({ at, command }) =>
      at !== null &&
      death.at !== null &&
      Date.parse(at) <= Date.parse(death.at) + toleranceMs &&
      ending.test(command) &&
      names.some((name) => name.length >= shortestName && hasWord(command, name)),
  );
}

function hasWord(command: string, name: string): boolean {
  return command.split(/[\s;&|"'`()]+/).some((word) => word === name || word === `${name}.service`);
}
