const gone =
  '(?:die[ds]?|dead|ded|kill(?:ed|s)?|crash(?:ed|es)?|ended|gone|exited|vanished|oom(?:ed|-?killed|s)?|terminated|segfault(?:ed|s)?)';

const lists: readonly RegExp[] = [
  new RegExp(
    `\\b(?:what|who|which|anything|everything|something|any|all|whats|what's)\\b.*\\b${gone}\\b`,
    'i',
  ),
  /\b(?:show|list|latest|newest|recent|any|all|last|which|what)\b.*\b(?:deaths?|kills|ooms|crashes|victims|losses)\b/i,
  /^\s*(?:deaths?|kills|ooms?|oom[- ]?kills|crashes)\b/i,
];

/** "what died?", "show me the latest deaths": about no process in particular. */
export function asksForList(text: string): boolean {
  return lists.some((list) => list.test(text));
}
