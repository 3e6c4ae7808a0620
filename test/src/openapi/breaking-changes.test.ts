import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { breakingChanges, type Document, type Schema } from './breaking-changes.ts';
import { committedPath, currentDocument } from './document.ts';

const object = (properties: Record<string, Schema>, required = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
});
const text = { type: 'string' };
const item = object({ id: text, unit: { anyOf: [text, { type: 'null' }] } });
const json = (schema: Schema) => ({ content: { 'application/json': { schema } } });

const before = (): Document => ({
  webhooks: {
    incident: {
      post: {
        parameters: [{ name: 'webhook-id', in: 'header', required: true }],
        requestBody: json(object({ type: text, data: item })),
      },
    },
  },
  paths: {
    '/v1/deaths': {
      get: {
        parameters: [
          { name: 'host', in: 'query', schema: text },
          { name: 'cause', in: 'query', schema: { type: 'string', enum: ['abort', 'crash'] } },
        ],
        responses: {
          200: json(object({ items: { type: 'array', items: item } })),
          400: json(text),
        },
      },
      post: {
        requestBody: json(object({ name: text, note: text }, ['name'])),
        responses: { 200: json(item) },
      },
    },
  },
});

// biome-ignore lint/suspicious/noExplicitAny: the tests reach into documents that are no type of ours.
type Loose = any;
type Change = (get: Loose, post: Loose, paths: Loose) => void;
const itemsOf = (operation: Loose) =>
  operation.responses[200].content['application/json'].schema.properties.items.items;
const bodyOf = (operation: Loose) => operation.requestBody.content['application/json'].schema;

test.each<[string, Change]>([
  ['GET /v1/deaths is gone', (_get, _post, paths) => delete paths['/v1/deaths'].get],
  ['parameter host is gone', (get) => get.parameters.shift()],
  ['parameter host is needed now', (get) => Object.assign(get.parameters[0], { required: true })],
  [
    'parameter tenant is new and needed',
    (get) => get.parameters.push({ name: 'tenant', in: 'query', required: true }),
  ],
  ['parameter cause: crash is no value', (get) => get.parameters[1].schema.enum.pop()],
  ['answers 400 no more', (get) => delete get.responses[400]],
  ['items[].id is gone', (get) => delete itemsOf(get).properties.id],
  ['items[].id may be absent now', (get) => itemsOf(get).required.shift()],
  [
    'items[].id was string and is number',
    (get) => Object.assign(itemsOf(get).properties.id, { type: 'number' }),
  ],
  [
    'items[].id was string and is null or string',
    (get) => Object.assign(itemsOf(get).properties, { id: { type: ['string', 'null'] } }),
  ],
  ['takes application/json.note is needed now', (_, post) => bodyOf(post).required.push('note')],
  ['takes application/json.note is gone', (_, post) => delete bodyOf(post).properties.note],
])('%s', (told, change) => {
  const after = structuredClone(before());
  const { get, post } = after.paths['/v1/deaths'] ?? {};
  change(get, post, after.paths);
  expect(breakingChanges(before(), after).join('\n')).toContain(told);
});

const sentBy = (webhook: Loose) => webhook.post.requestBody.content['application/json'].schema;

test.each<[string, (incident: Loose, webhooks: Loose) => void]>([
  ['POST incident is gone', (_, webhooks) => delete webhooks.incident],
  ['header webhook-id is gone', (incident) => incident.post.parameters.pop()],
  [
    'POST incident sends application/json.data.id is gone',
    (incident) => delete sentBy(incident).properties.data.properties.id,
  ],
  ['application/json.type may be absent now', (incident) => sentBy(incident).required.shift()],
  ['was string and is number', (incident) => (sentBy(incident).properties.type.type = 'number')],
])('of a webhook: %s', (said, change) => {
  const after = structuredClone(before());
  change(after.webhooks?.['incident'], after.webhooks);
  expect(breakingChanges(before(), after).join('\n')).toContain(said);
});

test('what only grows breaks nobody', () => {
  const after = structuredClone(before());
  const { get, post } = (after.paths['/v1/deaths'] ?? {}) as Record<string, Loose>;
  get.parameters.push({ name: 'user', in: 'query' });
  get.parameters[1].schema.enum.push('timer');
  itemsOf(get).properties.colour = text;
  itemsOf(get).required.push('colour');
  bodyOf(post).properties.more = text;
  const sent = sentBy(after.webhooks?.['incident']);
  sent.properties.more = text;
  sent.required.push('more');
  Object.assign(after.paths, { '/v1/new': { get: {} } });
  expect(breakingChanges(before(), after)).toEqual([]);
  expect(breakingChanges(before(), before())).toEqual([]);
});

test('the hub keeps to the committed document: "npm run openapi" takes in what is new', async () => {
  const committed = JSON.parse(await readFile(committedPath, 'utf8')) as Document;
  expect(Object.keys(committed.paths).length).toBeGreaterThan(15);
  expect(breakingChanges(committed, await currentDocument())).toEqual([]);
});
