import { readFileSync } from 'node:fs';
import { endpoints } from '@coroner/schema/http/endpoints';
import { WebhookMessage, WebhookTestMessage } from '@coroner/schema/http/webhooks';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { committedPath } from './document.ts';

interface Operation {
  parameters?: { in: string; name: string }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { content: Record<string, { schema: object }> }>;
}
interface Endpoint {
  query?: z.ZodObject;
  body?: z.ZodType;
  answer: z.ZodType | string;
}

const { paths, webhooks } = JSON.parse(readFileSync(committedPath, 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
  webhooks: Record<string, Record<string, Operation>>;
};
const documented = new Map(
  Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(
      ([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const,
    ),
  ),
);
const known = new Map<string, Endpoint>(Object.entries(endpoints));

it('has every operation of the document, and no other', () => {
  expect([...known.keys()].sort()).toEqual([...documented.keys()].sort());
});

it.each([...documented])('takes and answers what the document says: %s', (name, operation) => {
  const { query, body, answer } = known.get(name) as Endpoint;
  const asked = (operation.parameters ?? []).filter((each) => each.in === 'query');
  expect(Object.keys(query?.shape ?? {})).toEqual(asked.map((each) => each.name));
  const sent = operation.requestBody?.content['application/json']?.schema;
  expect(body ? schemaOf(body, 'input') : null).toEqual(alike(sent));
  const content = operation.responses['200']?.content ?? {};
  if (typeof answer === 'string') expect(Object.keys(content)).toEqual([answer]);
  else expect(schemaOf(answer, 'output')).toEqual(alike(content['application/json']?.schema));
});

it.each([
  ['incident', WebhookMessage],
  ['test', WebhookTestMessage],
])('says what a webhook receives: %s', (name, message) => {
  const sent = webhooks[name]?.['post']?.requestBody?.content['application/json']?.schema;
  expect(schemaOf(message, 'output')).toEqual(alike(sent));
});

/** As the document has it: @fastify/swagger writes a constant as the only value of an enumeration. */
function schemaOf(shape: z.ZodType, io: 'input' | 'output'): unknown {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { io });
  return alike(schema);
}

const alike = (schema: unknown): unknown =>
  JSON.parse(JSON.stringify(schema ?? null), (_, value) => {
    if (typeof value?.const !== 'string') return value;
    const { const: only, ...rest } = value;
    return { ...rest, enum: [only] };
  });
