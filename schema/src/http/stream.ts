import { z } from 'zod';
import { IncidentRow } from './incidents.ts';
import { DeathRow } from './pages.ts';

/** Events of `GET /v1/stream` about something: by their names what their `data` is. */
export const streamed = { death: DeathRow, incident: IncidentRow } as const;
export const streamKinds = ['death', 'incident'] as const;
export const StreamKind = z.enum(streamKinds);
export type StreamKind = z.infer<typeof StreamKind>;

/** Events that are about the stream itself. */
export const streamSignals = {
  /** All up to its id was told: who comes back with it misses nothing. */
  position: 'position',
  /** Changes between the reader's id and what comes next are no longer kept. */
  missed: 'missed',
  /** The token is no longer valid, and the stream ends. */
  refused: 'refused',
} as const;
