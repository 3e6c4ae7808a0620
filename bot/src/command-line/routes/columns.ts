import type { AlertRoute, RouteAnswer } from '@coroner/schema/http/alert-routes';
import { matchWords, whenWords } from '../../routes/words.ts';
import type { Column } from '../lists/table.ts';

export const routeColumns: Column<AlertRoute>[] = [
  { head: 'ID', of: ({ id }) => id },
  { head: 'NAME', of: ({ name }) => name },
  { head: 'TAKES', of: matchWords, most: 60 },
  { head: 'CHANNEL', of: ({ channel }) => channel },
  { head: 'NAMES', of: ({ mentions }) => mentions.join(', ') || null },
  { head: 'WHEN', of: (route) => whenWords(route) || null },
  { head: 'THEN', of: (route) => (route.owner || route.continue ? 'goes on' : 'stops') },
];

type Considered = RouteAnswer['routes'][number];

export const consideredColumns: Column<Considered>[] = [
  { head: 'ROUTE', of: ({ name }) => name },
  { head: 'TAKES IT', of: ({ takes }) => (takes ? 'yes' : 'no') },
  { head: 'BECAUSE', of: ({ because }) => because, most: 80 },
];
