import type { ExpectedRule } from '@coroner/schema/http/expected';
import { localTime } from '../../terminal/plain-words.ts';
import type { Column } from '../lists/table.ts';

const selectors = [
  'host',
  'hostLabel',
  'unit',
  'process',
  'command',
  'user',
  'by',
  'cause',
] as const;

/** `unit=nginx* by=deploy`. */
const whatOf = (rule: ExpectedRule): string =>
  selectors
    .flatMap((name) => (rule[name] === undefined ? [] : [`${name}=${rule[name]}`]))
    .join(' ');

function whenOf({ window }: ExpectedRule): string {
  if (!window) return 'always';
  return `${window.minutes} min from "${window.schedule}" ${window.timeZone}`;
}

export const expectedColumns: Column<ExpectedRule>[] = [
  { head: 'ID', of: ({ id }) => id },
  { head: 'UNTIL', of: ({ until }, paper) => localTime(until, paper.timezone) },
  { head: 'WHAT', of: whatOf, most: 60 },
  { head: 'WHEN', of: whenOf },
  { head: 'LABEL', of: ({ label }) => label ?? null },
  { head: 'AUTHOR', of: ({ author }) => author },
  {
    head: 'REASON',
    of: ({ reason, removedAt }) => (removedAt === null ? reason : `(removed) ${reason}`),
  },
];
