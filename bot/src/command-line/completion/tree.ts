import { isHidden } from '@coroner/schema/manual/manual';
import type { Command } from 'commander';

/** A command as a shell may complete it. */
export interface CommandNode {
  /** From the program on, without it: `['token', 'create']`. */
  path: string[];
  description: string;
  /** Names of the commands below it, and the options that it takes. */
  next: string[];
}

/** The program and every command below it. */
export function commandTree(program: Command, path: string[] = []): CommandNode[] {
  const below = program.commands.filter((command) => !isHidden(command));
  const options = program.options.flatMap(({ long }) => long ?? []);
  const next = [...below.map((command) => command.name()), ...options];
  const own = { path, description: program.description(), next: [...next, '--help'] };
  return [own, ...below.flatMap((command) => commandTree(command, [...path, command.name()]))];
}
