export const minuteMs = 60_000;

/** Joins a death to the incident that has the same key, if a death with it is close enough in time. */
export interface IncidentKey {
  key: string;
  windowMs: number;
  /** The window grows with the pace at which the incident goes from host to host, or repeats itself. */
  grows?: { by: 'hosts' | 'deaths'; toMs: number };
  /**
   * Who only seeks a key joins an incident that was offered it and opens none; who only offers it
   * joins nobody by it. Without a role: both, and who shares a key opens an incident.
   */
  role?: 'seeks' | 'offers';
  /** Who seeks it wants so many deaths that offer it. */
  fewest?: number;
}
