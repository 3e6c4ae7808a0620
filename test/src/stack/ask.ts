import { Answer } from '@coroner/schema/http/answer';
import { DeathPage } from '@coroner/schema/http/pages';
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
export async function deaths(stack: Stack, query: Query): Promise<DeathPage['items']> {
  const items: DeathPage['items'] = [];
  let cursor: string | null = null;
  do {
    const { status, body } = await get(stack, '/v1/deaths', {
      limit: 1000,
      ...query,
      ...(cursor ? { cursor } : {}),
    });
    if (status !== 200) throw new Error(`/v1/deaths: ${status} ${JSON.stringify(body)}`);
    const page = DeathPage.parse(body);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return items;
}
