import { z } from 'zod';
import { Instant } from '../time.ts';

const dayMs = 86_400_000;
const longestDays = { snooze: 30, expect: 366 };

/** `open`: it alerts; `acknowledged`: somebody sees to it; `snoozed`: quiet until a time, or until it escalates. */
export const IncidentStatus = z.enum(['open', 'acknowledged', 'snoozed', 'expected', 'resolved']);
export type IncidentStatus = z.infer<typeof IncidentStatus>;

export const ActionKind = z.enum([
  'acknowledge',
  'snooze',
  'expect',
  'note',
  'resolve',
  /** Back to open: by a person, or by the hub when it grew or its time is over. */
  'reopen',
]);
export type ActionKind = z.infer<typeof ActionKind>;

const withoutNul = (text: string): boolean => !text.includes('\0');
const Text = z.string().trim().min(1).max(1000).refine(withoutNul, 'must not contain a NUL');
const Name = z.string().trim().min(1).max(128).refine(withoutNul, 'must not contain a NUL');

/** Whom a bot acts for. Without it the holder of the token acts. */
const ActsFor = z.strictObject({
  name: Name,
  /** `U…` or `W…`. */
  slackUser: z
    .string()
    .regex(/^[UW][A-Z0-9]{1,30}$/, 'is no id of a Slack user')
    .optional(),
});

const until = (days: number) =>
  Instant.refine((at) => Date.parse(at) > Date.now(), 'lies in the past').refine(
    (at) => Date.parse(at) <= Date.now() + days * dayMs,
    `lies more than ${days} days ahead`,
  );

const request = {
  /** Of the caller's choice: the same id again is the same action, done once. */
  id: z.string().regex(/^[\w:.-]{8,128}$/, 'must be 8 to 128 letters, digits or any of _ : . -'),
  by: ActsFor.optional(),
};

/** `POST /v1/incidents/{id}/actions`. */
export const NewAction = z.discriminatedUnion('kind', [
  z.strictObject({ ...request, kind: z.literal('acknowledge'), note: Text.optional() }),
  z.strictObject({
    ...request,
    kind: z.literal('snooze'),
    until: until(longestDays.snooze),
    note: Text.optional(),
  }),
  /** Makes a rule of `/v1/expected` for deaths like the first one of the incident. `note`: the reason. */
  z.strictObject({
    ...request,
    kind: z.literal('expect'),
    until: until(longestDays.expect),
    note: z.string().trim().min(1).max(500).refine(withoutNul, 'must not contain a NUL'),
  }),
  z.strictObject({ ...request, kind: z.literal('note'), note: Text }),
  z.strictObject({ ...request, kind: z.literal('resolve'), note: Text.optional() }),
  z.strictObject({ ...request, kind: z.literal('reopen'), note: Text.optional() }),
]);
export type NewAction = z.infer<typeof NewAction>;

/** Who did it. */
export const Author = z.object({
  name: z.string(),
  slackUser: z.string().nullable(),
  /** Name of the token by which it came; null for the hub itself. */
  token: z.string().nullable(),
});
export type Author = z.infer<typeof Author>;

/** Something that was done about an incident. */
export const IncidentAction = z.object({
  id: z.string(),
  kind: ActionKind,
  /** Of the incident, after it. */
  status: IncidentStatus,
  by: Author,
  at: Instant,
  note: z.string().nullable(),
  /** End of a snooze, or of what is expected. */
  until: Instant.nullable(),
});
export type IncidentAction = z.infer<typeof IncidentAction>;

/** Where an incident stands, and what led there; null for one that was never touched. */
export const IncidentState = z.object({
  status: IncidentStatus,
  action: IncidentAction.nullable(),
});
export type IncidentState = z.infer<typeof IncidentState>;

export const ActionResult = z.object({
  /** The incident that it was done to: one that was merged is part of another. */
  incidentId: z.string(),
  action: IncidentAction,
  state: IncidentState,
});
export type ActionResult = z.infer<typeof ActionResult>;
