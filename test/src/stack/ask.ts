import type { Input } from '@coroner/schema/client/calls';
import { hubClient } from '@coroner/schema/client/hub-client';
import { Answer } from '@coroner/schema/http/answer';
import type { DeathRow } from '@coroner/schema/http/pages';
import type { Stack } from './stack.ts';
import { until } from './until.ts';

type Query = Record<string, string | number>;

/** GET of the hub's API with its token: status and body as they come. */
export async function get(stack: Stack, path: string, query: Query = {}) {
  const { apiUrl, apiToken } = stack.run();
  const url = new URL(path, apiUrl);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, `${value}`);
  const response = await fetch(url, { headers: { authorization: `Bearer ${apiToken}` } });
  return { status: response.status, body: (await response.json()) as unknown };
}

/** Why that died, as soon as the hub knows it; `accept` waits for a better answer. */
export function why(
  stack: Stack,
  query: Query,
  accept: (answer: Answer) => boolean = () => true,
): Promise<Answer> {
  let last = '';
  return until(`an answer to ${JSON.stringify(query)}`, async () => {
    // While the hub is being started again there is nobody to ask.
    const said = await get(stack, '/v1/why', query).catch((error: Error) => error);
    last = JSON.stringify(said);
    if (said instanceof Error || said.status !== 200) return null;
    const answer = Answer.parse(said.body);
    return accept(answer) ? answer : null;
  }).catch((error: Error) => {
    throw new Error(`${error.message}\nlast: ${last}\n${stack.output()}`);
  });
}

/** All deaths that match, newest first, over all pages. */
export async function deaths(
  stack: Stack,
  query: NonNullable<Input<'GET /v1/deaths'>['query']>,
): Promise<DeathRow[]> {
  const { apiUrl, apiToken } = stack.run();
  const hub = hubClient({ url: apiUrl, token: apiToken });
  const items: DeathRow[] = [];
  for await (const death of hub.items('GET /v1/deaths', { query })) items.push(death);
  return items;
}
