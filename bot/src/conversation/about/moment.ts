import type { Answer } from '@coroner/schema/http/answer';

/** A host at an instant: what some further questions are about, with a death or without one. */
export interface Moment {
  host: string;
  at: string;
  /** Null: no death is talked about. */
  deathId: string | null;
  gaps: readonly string[];
  /** Of the death. */
  incidentId?: string | null;
}

export function momentOf({ death, gaps, related }: Answer): Moment {
  return {
    host: death.host,
    at: death.diedAt,
    deathId: death.id,
    gaps,
    incidentId: related.incidentId,
  };
}
