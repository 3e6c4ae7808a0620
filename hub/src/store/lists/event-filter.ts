import type { Cause } from '@coroner/schema/cause';

/** What is asked of a list of events. */
export interface EventFilter {
  host?: string | undefined;
  process?: string | undefined;
  kind?: string | undefined;
  /** Deaths with this cause alone. */
  cause?: Cause | undefined;
  /** Whom the event names, or whose process died, or who did it. */
  user?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
  limit: number;
}
