import type { Standing } from '../store/actions/states.ts';

/** A snoozed incident escalates by twice its deaths, if these are so many more at least. */
const manyMore = 10;

/** Why a quiet incident has to be open again; null when it need not. */
export function escalation({ status, before, now }: Omit<Standing, 'incidentId'>): string | null {
  const more = now.deaths - before.deaths;
  const died = `${more} more ${more === 1 ? 'process' : 'processes'} died`;
  const spread = now.hosts - before.hosts;
  const onto =
    spread > 0 ? `, and it came to ${spread} more ${spread === 1 ? 'host' : 'hosts'}` : '';
  if (status === 'snoozed') {
    const isLarger = more >= Math.max(before.deaths, manyMore) || (spread > 0 && more > 0);
    return isLarger ? `${died} while it was snoozed${onto}` : null;
  }
  if (more <= 0) return null;
  if (status === 'resolved') return `${died} after it was resolved${onto}`;
  if (status === 'expected') return `${died} that nobody expected${onto}`;
  return null;
}
