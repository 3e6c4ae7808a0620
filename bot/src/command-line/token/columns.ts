import type { ApiToken } from '@coroner/schema/http/tokens';
import { localTime } from '../../terminal/plain-words.ts';
import type { Column } from '../lists/table.ts';

export const tokenColumns: Column<ApiToken>[] = [
  { head: 'ID', of: ({ id }) => id },
  { head: 'NAME', of: ({ name }) => name },
  { head: 'SCOPE', of: ({ scope }) => scope },
  { head: 'STATE', of: ({ state }) => state },
  {
    head: 'EXPIRES',
    of: ({ expiresAt }, { timezone }) =>
      expiresAt === null ? 'never' : localTime(expiresAt, timezone),
  },
  {
    head: 'LAST USED',
    of: ({ lastUsedAt }, { timezone }) =>
      lastUsedAt === null ? 'never' : localTime(lastUsedAt, timezone),
  },
  { head: 'CREATED BY', of: ({ createdBy }) => createdBy },
];
