import { z } from 'zod';
import { IncidentRow } from './incidents.ts';
import { Session } from './logins.ts';
import { DeathRow, HostRow } from './pages.ts';

/** `GET /v1/search`: what a word may mean, the newest of each kind. */
export const SearchResult = z.object({
  hosts: z.array(HostRow),
  deaths: z.array(DeathRow),
  incidents: z.array(IncidentRow),
  logins: z.array(Session),
});
export type SearchResult = z.infer<typeof SearchResult>;
