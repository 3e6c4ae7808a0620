import { z } from 'zod';
import { Severity } from '../severity.ts';
import { Instant } from '../time.ts';
import { Alert } from '../wire/alert.ts';
import { RouteMatch } from './alert-routes.ts';
import { pageOf } from './pages.ts';

const longestUrl = 2_048;
const withoutNul = (text: string): boolean => !text.includes('\0');

/** What a webhook may hear of; `incident.updated` is growth, a new state or a corrected verdict. */
export const webhookEvents = [
  'incident.created',
  'incident.updated',
  'incident.resolved',
  /** Later evidence says that it was none, or that it is part of another (`data.mergedInto`). */
  'incident.withdrawn',
] as const;
export const WebhookEvent = z.enum(webhookEvents);
export type WebhookEvent = z.infer<typeof WebhookEvent>;

/** What is sent when somebody asks for a test. */
export const testEvent = 'webhook.test';

/** Whether it can be posted to at all; which addresses may be reached is the hub's setting. */
function wrongUrl(text: string): string | null {
  if (!URL.canParse(text)) return 'is no address, such as https://ops.example.com/coroner';
  const { protocol, username, password, hash } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return 'must begin with https://';
  if (username !== '' || password !== '') return 'must not hold a user or a password';
  return hash === '' ? null : 'must not hold a #';
}

const Url = z
  .string()
  .trim()
  .min(1)
  .max(longestUrl)
  .superRefine((text, context) => {
    const message = wrongUrl(text);
    if (message !== null) context.addIssue({ code: 'custom', message });
  });

const Name = z.string().trim().min(1).max(80).refine(withoutNul, 'must not contain a NUL');
const Events = z.array(WebhookEvent).min(1);

/** `POST /v1/webhooks`. */
export const NewWebhook = z.strictObject({
  name: Name,
  url: Url,
  /** Incidents that it hears of, as in an alert route; whatever becomes of them it hears too. */
  match: RouteMatch.default({}),
  /** All of them without it. */
  events: Events.optional(),
});
export type NewWebhook = z.infer<typeof NewWebhook>;

const WebhookState = z.enum(['on', 'off']);

/** `PATCH /v1/webhooks/{id}`: what is given is put in the place of what there was, `match` as a whole. */
export const WebhookChange = z
  .strictObject({
    name: Name.optional(),
    url: Url.optional(),
    match: RouteMatch.optional(),
    /** Null: all of them. */
    events: Events.nullable().optional(),
    /** `off` keeps what waits; `on` sends it, and what became meanwhile of the incidents it heard of. */
    state: WebhookState.optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'nothing is to be changed');
export type WebhookChange = z.infer<typeof WebhookChange>;

const usualOverlapSeconds = 86_400;
/** Two weeks. */
export const longestOverlapSeconds = 14 * 86_400;

/** `POST /v1/webhooks/{id}/secret`. */
export const NewSecret = z.strictObject({
  /** The secrets until now sign beside the new one for so long; 0: not any more. */
  keepSeconds: z.number().int().min(0).max(longestOverlapSeconds).default(usualOverlapSeconds),
});
export type NewSecret = z.infer<typeof NewSecret>;

/** An address that the hub posts incidents to, signed as standardwebhooks.com specifies. */
export const Webhook = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  match: RouteMatch,
  events: z.array(WebhookEvent).optional(),
  /** `off`: nothing is sent, for the reason of `offBecause`. */
  state: WebhookState,
  offBecause: z.string().nullable(),
  createdAt: Instant,
  /** Name of the token that created it. */
  createdBy: z.string(),
  /** Until then messages are also signed with a secret of before; null: with the newest alone. */
  earlierSecretUntil: Instant.nullable(),
  /** Deliveries that are still to be made. */
  waiting: z.number().int().nonnegative(),
  /** Deliveries that were given up, of those that are still listed. */
  failed: z.number().int().nonnegative(),
});
export type Webhook = z.infer<typeof Webhook>;

export const Webhooks = z.object({ items: z.array(Webhook) });
export type Webhooks = z.infer<typeof Webhooks>;

/** The one time that a secret is told, after its creation or exchange: `whsec_` and base64 of 32 bytes. */
export const CreatedWebhook = Webhook.extend({ secret: z.string() });
export type CreatedWebhook = z.infer<typeof CreatedWebhook>;

export const DeliveryState = z.enum(['waiting', 'delivered', 'failed']);
export type DeliveryState = z.infer<typeof DeliveryState>;

/** One message to one webhook. */
export const Delivery = z.object({
  /** The header `webhook-id`: the same at every attempt. */
  id: z.string(),
  webhookId: z.string(),
  event: z.enum([...webhookEvents, testEvent]),
  /** Null for a test. */
  incidentId: z.string().nullable(),
  state: DeliveryState,
  /** Made so far. */
  attempts: z.number().int().nonnegative(),
  createdAt: Instant,
  lastAttemptAt: Instant.nullable(),
  /** When it is tried next; null when it is not, or its webhook is off. */
  nextAttemptAt: Instant.nullable(),
  /** HTTP status of the last answer; null where none came. */
  status: z.number().int().nullable(),
  /** Why the last attempt failed. */
  reason: z.string().nullable(),
});
export type Delivery = z.infer<typeof Delivery>;

/** The newest first. */
export const DeliveryPage = pageOf(Delivery);
export type DeliveryPage = z.infer<typeof DeliveryPage>;

/** The body of what is posted about an incident. Of one incident a larger `revision` is newer. */
export const WebhookMessage = z.object({
  type: WebhookEvent,
  /** When the hub noticed it. */
  timestamp: Instant,
  data: Alert.omit({ v: true, destinations: true }).extend({
    severity: Severity,
    /** The incident that this one turned out to be part of. */
    mergedInto: z.string().nullable(),
  }),
});
export type WebhookMessage = z.infer<typeof WebhookMessage>;

/** What a test sends. */
export const WebhookTestMessage = z.object({
  type: z.literal(testEvent),
  timestamp: Instant,
  data: z.object({ webhook: z.object({ id: z.string(), name: z.string() }) }),
});
export type WebhookTestMessage = z.infer<typeof WebhookTestMessage>;
