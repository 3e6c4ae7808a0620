import type { CommandNode } from './tree.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** What a shell reads to complete `coroner`: words alone, so that no Tab waits for a program. */
export function completionScript(shell: Shell, tree: readonly CommandNode[]): string {
  if (shell === 'fish') return fish(tree);
  const head = shell === 'zsh' ? 'autoload -U +X bashcompinit && bashcompinit\n' : '';
  return head + bash(tree);
}

/** The longest path that fits counts, so it comes first. */
function bash(tree: readonly CommandNode[]): string {
  const cases = [...tree]
    .sort((a, b) => b.path.length - a.path.length)
    .map(({ path, next }) => {
      const pattern = path.length === 0 ? '*' : `${quoted(`${path.join(' ')} `)}*`;
      return `    ${pattern}) words=${quoted(next.join(' '))} ;;`;
    });
  return `_coroner() {
  local words before="\${COMP_WORDS[*]:1:COMP_CWORD-1} "
  case "$before" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _coroner coroner
`;
}

function fish(tree: readonly CommandNode[]): string {
  const lines = tree.flatMap(({ path, next }) => {
    const here =
      path.length === 0
        ? '__fish_use_subcommand'
        : path.map((name) => `__fish_seen_subcommand_from ${name}`).join('; and ');
    return next.map((word) => {
      const node = tree.find((one) => one.path.join(' ') === [...path, word].join(' '));
      const what = word.startsWith('--') ? `-l ${word.slice(2)}` : `-f -a ${quoted(word)}`;
      const why = node ? ` -d ${quoted(node.description)}` : '';
      return `complete -c coroner -n ${quoted(here)} ${what}${why}`;
    });
  });
  return `${lines.join('\n')}\n`;
}

/** A word of a shell's script, whatever is in it. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
