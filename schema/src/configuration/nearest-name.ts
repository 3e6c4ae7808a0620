const mostEdits = 3;

/** The name that is meant by a mistyped one: at most three edits away; null when none is. */
export function nearestName(typed: string, names: readonly string[]): string | null {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');
  const distances = names.map((name) => ({ name, edits: editsBetween(plain(typed), plain(name)) }));
  const [nearest] = distances.sort((a, b) => a.edits - b.edits);
  return nearest && nearest.edits <= mostEdits ? nearest.name : null;
}

/** Levenshtein's distance. */
function editsBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, character] of [...from].entries()) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) {
      const changed = (row[j] as number) + (to[j] === character ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] as number) + 1, (next[j] as number) + 1));
    }
    row = next;
  }
  return row[to.length] as number;
}
