/** Which incidents are meant, as people type it; lists with commas between. */
export interface TypedMatch {
  hosts?: string;
  units?: string;
  labels?: string;
  causes?: string;
  users?: string;
  severity?: string;
}

const lists = ['hosts', 'units', 'labels', 'causes', 'users'] as const;
export const matchOptions = [...lists, 'severity'] as const;

/** By the names of the contract, not checked yet. */
export function matchOf(typed: TypedMatch): object {
  const given = lists.flatMap((name) => {
    const all = listed(typed[name]);
    return all.length === 0 ? [] : [[name, all]];
  });
  const { severity } = typed;
  return { ...Object.fromEntries(given), ...(severity ? { minSeverity: severity } : {}) };
}

/** The same match as somebody would have typed it. */
export function typedMatchOf(
  match: { [Name in (typeof lists)[number]]?: readonly string[] | undefined } & {
    minSeverity?: string | undefined;
  },
): TypedMatch {
  const given = lists.flatMap((list) => (match[list] ? [[list, match[list].join(', ')]] : []));
  return {
    ...Object.fromEntries(given),
    ...(match.minSeverity ? { severity: match.minSeverity } : {}),
  };
}

export const listed = (text: string | undefined): string[] =>
  (text ?? '')
    .split(/[,\n]/)
    .map((each) => each.trim())
    .filter((each) => each !== '');
