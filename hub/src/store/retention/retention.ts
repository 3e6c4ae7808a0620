/** How many days each kind of data is kept, from when the hub had it; 0: for ever. */
export interface Retention {
  /** What was observed, and the raw records of deaths. */
  events: number;
  /** Deaths with their answers, incidents, and what is told once: logins, cron lines, boots. */
  deaths: number;
  quarantine: number;
  /** Tokens of the API and sign-in links, from their end on. */
  access: number;
  /** Messages to webhooks, with what became of them. */
  deliveries: number;
}
