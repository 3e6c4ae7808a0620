/** Text, something that a program said or was called by, or an instant: each medium has its own way with them. */
export type Word = string | { code: string } | { at: string };
export type Words = readonly Word[];

/** A sentence of the hub: what stands in backquotes is code. */
export function sentence(text: string): Words {
  return text
    .split('`')
    .map((part, index): Word => (index % 2 === 1 ? { code: part } : part))
    .filter((word) => word !== '');
}

/** Puts `separator` between the groups that are there. */
export function joined(groups: readonly (Words | null)[], separator = ' · '): Words {
  const present = groups.filter((group) => group !== null && group.length > 0) as Words[];
  return present.flatMap((group, index) => (index === 0 ? group : [separator, ...group]));
}
