/** Where a message of ours stands. */
export interface Posted {
  channel: string;
  /** Slack's id of a message within its channel: a string, for it is no number. */
  ts: string;
}

/** What only programs see. */
export interface Metadata {
  event_type: string;
  event_payload: Record<string, string | number | null>;
}
