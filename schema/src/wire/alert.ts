import { z } from 'zod';
import { IncidentAction, IncidentState } from '../http/actions.ts';
import { Answer } from '../http/answer.ts';
import { Instant } from '../time.ts';

/** A channel that has the card of an incident, or has to get it. */
export const AlertDestination = z.object({
  /** Null: the bot's own alert channel. */
  channel: z.string().nullable(),
  /** Ids of Slack users and groups that a new card names. */
  mentions: z.array(z.string()),
  routeId: z.string().nullable(),
});
export type AlertDestination = z.infer<typeof AlertDestination>;

/** One message on `coroner.alerts.incident.<id>`: the state of an incident, newest wins (`revision` grows). */
export const Alert = z.object({
  v: z.literal(1),
  incidentId: z.string(),
  revision: z.number().int().positive(),
  title: z.string(),
  firstAt: Instant,
  lastAt: Instant,
  /** Deaths so far; of an incident that was withdrawn 1. */
  deaths: z.number().int().positive(),
  hosts: z.array(z.string()),
  /** Names of the victims with their counts, most first, at most 20. */
  victims: z.array(z.object({ comm: z.string(), count: z.number().int().positive() })),
  /** Hosts with their counts of deaths, most first, at most 20. */
  byHost: z.array(z.object({ host: z.string(), count: z.number().int().positive() })).optional(),
  /** The answer for the first death of the incident. */
  answer: Answer,
  /** Evidence that came later says that it was no incident; the answer is what is known now. */
  withdrawn: z.boolean().optional(),
  state: IncidentState.optional(),
  /** What was done about it last, oldest first; at most 5. */
  actions: z.array(IncidentAction).optional(),
  /** All that there are; without it, as of an older hub, the bot's own alert channel alone. */
  destinations: z.array(AlertDestination).optional(),
});
export type Alert = z.infer<typeof Alert>;
