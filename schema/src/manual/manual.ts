/** What a manual says beside what the definitions of the commands say. */
export interface Manual {
  /** Of man(1): 1 for everybody's commands, 8 for those of administrators. */
  section: 1 | 8;
  /** What follows the name in one line, without a full stop. */
  summary: string;
  description: readonly string[];
  /** By the words of the command, such as `expected add`; under `''` those of the program. */
  examples: Readonly<Record<string, readonly Example[]>>;
  exitStatus: readonly Meaning[];
  environment: readonly Meaning[];
  files: readonly Meaning[];
  seeAlso: readonly string[];
}

/** A line that can be typed, and what it does. */
interface Example {
  line: string;
  does: string;
}

interface Meaning {
  name: string;
  meaning: string;
}

/** A command as commander has it: what help and the manual are written from. */
export interface Described {
  name(): string;
  description(): string;
  readonly commands: readonly Described[];
  readonly options: readonly { flags: string; description: string; hidden: boolean }[];
  readonly registeredArguments: readonly {
    name(): string;
    description: string;
    required: boolean;
    variadic: boolean;
  }[];
}

/** All commands below a program that somebody may type, with their words: `expected`, `expected add`. */
export function commandsOf<Command extends Described>(
  program: Command,
  above: readonly string[] = [],
): { words: string; command: Command }[] {
  return (program.commands as readonly Command[])
    .filter((command) => !isHidden(command))
    .flatMap((command) => {
      const words = [...above, command.name()];
      return [{ words: words.join(' '), command }, ...commandsOf(command, words)];
    });
}

/** commander keeps whether it is, and has no word for it. */
export const isHidden = (command: Described): boolean =>
  (command as { _hidden?: boolean })._hidden === true || command.name() === 'help';

/** `<FORMAT>`, `[PROCESS]`, `[question...]`. */
export const argumentsOf = ({ registeredArguments }: Described): string[] =>
  registeredArguments.map((argument) => {
    const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
    return argument.required ? `<${name}>` : `[${name}]`;
  });
