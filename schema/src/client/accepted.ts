import { Problem } from '../http/problem.ts';
import type { HubAddress } from './hub-address.ts';
import { HubError, type HubErrorKind } from './hub-error.ts';

/** Throws a HubError for every status but 200–299. */
export function accepted(hub: HubAddress, status: number, raw: unknown): void {
  if (status >= 200 && status < 300) return;
  const { data: problem } = Problem.safeParse(raw);
  const kind = kindOf(status);
  throw new HubError(kind, worded(hub, kind, status, problem?.detail), { problem, raw });
}

function kindOf(status: number): HubErrorKind {
  if (status === 401 || status === 403) return 'refused';
  if (status === 404) return 'not-found';
  if (status === 409) return 'conflict';
  return status >= 400 && status < 500 && status !== 429 ? 'bad-request' : 'failed';
}

function worded(
  hub: HubAddress,
  kind: HubErrorKind,
  status: number,
  detail: string | undefined,
): string {
  const said = detail ?? `status ${status}`;
  if (kind === 'refused') {
    const which = hub.token ? 'the token of this bot' : 'a request without a token';
    return `The hub at ${hub.url} refused ${which}: set CORONER_API_TOKEN. (${said})`;
  }
  if (kind === 'not-found')
    return `The hub does not know it: ${detail ?? 'is the hub older than this program?'}`;
  return kind === 'failed' ? `The hub is in trouble: ${said}` : said;
}
