import type { Revision } from '@coroner/schema/http/death-detail';
import type { Queryable } from '../database.ts';

const mostRevisions = 100;

/** What was answered for a death before evidence changed it, oldest first; the newest 100. */
export async function revisionsOf(on: Queryable, deathId: string): Promise<Revision[]> {
  const { rows } = await on.query<Revision>({
    name: 'revisions-of-death',
    text: `
      select revision, replaced_at as "replacedAt", answer -> 'verdict' as verdict,
             answer -> 'actor' -> 'cmdline' as actor
      from death_revisions where death_id = $1
      order by revision desc limit ${mostRevisions}`,
    values: [deathId],
  });
  return rows.reverse();
}
