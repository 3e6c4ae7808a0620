import { Argument, type Command } from 'commander';
import { completionScript, type Shell, shells } from './scripts.ts';
import { commandTree } from './tree.ts';

/** completion SHELL. */
export function addCompletionCommand(program: Command): void {
  program
    .command('completion')
    .description('print what a shell reads to complete commands and options')
    .addArgument(new Argument('<SHELL>', 'whose').choices(shells))
    .addHelpText(
      'after',
      `
bash: coroner completion bash > /etc/bash_completion.d/coroner
zsh:  coroner completion zsh >> ~/.zshrc
fish: coroner completion fish > ~/.config/fish/completions/coroner.fish`,
    )
    .action((shell: Shell) => {
      process.stdout.write(completionScript(shell, commandTree(program)));
    });
}
