import type { z } from 'zod';
import { ActionResult, NewAction } from './actions.ts';
import {
  AlertRoute,
  AlertRouteBody,
  AlertRoutes,
  NewAlertRoute,
  RouteAnswer,
  RouteQuestion,
} from './alert-routes.ts';
import { Answer } from './answer.ts';
import {
  Claim,
  ClaimDone,
  ClaimRequest,
  ClaimResponse,
  OpenClaims,
  OpenClaimsQuery,
} from './claims.ts';
import { ComparedPage } from './compare.ts';
import { CronJobPage } from './cron-jobs.ts';
import { CronNextPage } from './cron-next.ts';
import { CronRunPage } from './cron-runs.ts';
import { DeathDetail } from './death-detail.ts';
import { Digest } from './digest.ts';
import { EventPage } from './events.ts';
import { ExpectedRule, ExpectedRules, NewExpectedRule } from './expected.ts';
import { Health } from './health.ts';
import { HostMoment } from './host-moment.ts';
import { ImportRequest, ImportResult } from './import.ts';
import { IncidentDetail, IncidentPage } from './incidents.ts';
import { listQuery } from './list-parameters.ts';
import { SessionPage } from './logins.ts';
import { DeathPage, HostPage } from './pages.ts';
import * as parameters from './parameters.ts';
import { SearchResult } from './search.ts';
import { NewSignInLink, SignInLink } from './sign-in-links.ts';
import { Stats } from './stats.ts';
import { TimelinePage } from './timeline.ts';
import { ApiToken, ApiTokens, CreatedToken, NewToken } from './tokens.ts';
import {
  CreatedWebhook,
  Delivery,
  DeliveryPage,
  NewSecret,
  NewWebhook,
  Webhook,
  WebhookChange,
  Webhooks,
} from './webhooks.ts';

/** One operation: what it takes beside the parts of its path, and what it answers with status 200. */
interface Endpoint {
  query?: z.ZodType;
  body?: z.ZodType;
  /** JSON of this shape, or a medium that is none. */
  answer: z.ZodType | 'image/png' | 'text/event-stream';
}

/** Every operation of the API under its name in the OpenAPI document. */
export const endpoints = {
  'GET /healthz': { answer: Health },
  'GET /readyz': { answer: Health },
  'GET /v1/why': { query: parameters.WhyParameters, answer: Answer },
  'GET /v1/deaths': { query: listQuery(parameters.deathsFilter), answer: DeathPage },
  'GET /v1/deaths/{id}': { answer: DeathDetail },
  'GET /v1/deaths/{id}/before': { query: listQuery(parameters.beforeFilter), answer: DeathPage },
  'GET /v1/deaths/{id}/picture': { answer: 'image/png' },
  'GET /v1/events': { query: listQuery(parameters.eventsFilter), answer: EventPage },
  'POST /v1/events': { body: ImportRequest, answer: ImportResult },
  'GET /v1/incidents': { query: listQuery(parameters.incidentsFilter), answer: IncidentPage },
  'GET /v1/incidents/{id}': { answer: IncidentDetail },
  'GET /v1/incidents/{id}/picture': { answer: 'image/png' },
  'POST /v1/incidents/{id}/actions': { body: NewAction, answer: ActionResult },
  'GET /v1/hosts': { query: listQuery(parameters.hostsFilter), answer: HostPage },
  'GET /v1/hosts/{host}/at': { query: parameters.HostMomentParameters, answer: HostMoment },
  'GET /v1/hosts/{host}/timeline': {
    query: listQuery(parameters.timelineFilter),
    answer: TimelinePage,
  },
  'GET /v1/logins': { query: listQuery(parameters.loginsFilter), answer: SessionPage },
  'GET /v1/cron-jobs': { query: listQuery(parameters.cronJobsFilter), answer: CronJobPage },
  'GET /v1/cron-next': { query: listQuery(parameters.cronNextFilter), answer: CronNextPage },
  'GET /v1/cron-runs': { query: listQuery(parameters.cronRunsFilter), answer: CronRunPage },
  'GET /v1/stats': { query: parameters.StatsParameters, answer: Stats },
  'GET /v1/compare': { query: listQuery(parameters.compareFilter), answer: ComparedPage },
  'GET /v1/digest': { query: parameters.DigestParameters, answer: Digest },
  'GET /v1/search': { query: parameters.SearchParameters, answer: SearchResult },
  'GET /v1/stream': { query: parameters.StreamParameters, answer: 'text/event-stream' },
  'GET /v1/alert-routes': { query: parameters.AlertRoutesParameters, answer: AlertRoutes },
  'POST /v1/alert-routes': { body: NewAlertRoute, answer: AlertRoute },
  'PUT /v1/alert-routes/{id}': { body: AlertRouteBody, answer: AlertRoute },
  'DELETE /v1/alert-routes/{id}': { answer: AlertRoute },
  'POST /v1/alert-routes/test': { body: RouteQuestion, answer: RouteAnswer },
  'GET /v1/expected': { query: parameters.ExpectedParameters, answer: ExpectedRules },
  'POST /v1/expected': { body: NewExpectedRule, answer: ExpectedRule },
  'DELETE /v1/expected/{id}': { answer: ExpectedRule },
  'GET /v1/claims': { query: parameters.ClaimParameters, answer: Claim },
  'POST /v1/claims': { body: ClaimRequest, answer: ClaimResponse },
  'PUT /v1/claims': { body: ClaimDone, answer: Claim },
  'GET /v1/claims/open': { query: OpenClaimsQuery, answer: OpenClaims },
  'GET /v1/tokens': { answer: ApiTokens },
  'POST /v1/tokens': { body: NewToken, answer: CreatedToken },
  'DELETE /v1/tokens/{id}': { answer: ApiToken },
  'GET /v1/webhooks': { answer: Webhooks },
  'POST /v1/webhooks': { body: NewWebhook, answer: CreatedWebhook },
  'PATCH /v1/webhooks/{id}': { body: WebhookChange, answer: Webhook },
  'DELETE /v1/webhooks/{id}': { answer: Webhook },
  'POST /v1/webhooks/{id}/secret': { body: NewSecret, answer: CreatedWebhook },
  'POST /v1/webhooks/{id}/test': { answer: Delivery },
  'GET /v1/webhooks/{id}/deliveries': {
    query: listQuery(parameters.deliveriesFilter),
    answer: DeliveryPage,
  },
  'POST /v1/sign-in-links': { body: NewSignInLink, answer: SignInLink },
} as const satisfies Record<string, Endpoint>;
