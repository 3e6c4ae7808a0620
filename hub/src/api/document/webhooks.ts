import { WebhookMessage, WebhookTestMessage } from '@coroner/schema/http/webhooks';
import { z } from 'zod';

const text = { type: 'string' } as const;
const headers = [
  { name: 'webhook-id', description: 'the same at every attempt', schema: text },
  { name: 'webhook-timestamp', description: 'of this attempt, Unix seconds', schema: text },
  {
    name: 'webhook-signature',
    description:
      '`v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; several with spaces between while a secret is exchanged, of which one has to fit',
    schema: text,
  },
].map((header) => ({ ...header, in: 'header', required: true }));

/** The `webhooks` of the document, OpenAPI 3.1, 4.8.1: what their receivers get. */
export const webhooksOfDocument = {
  incident: posted(
    'What became of an incident, until it is answered with 2xx: eleven times within a day',
    WebhookMessage,
  ),
  test: posted('Somebody asked for a test; sent once', WebhookTestMessage),
};

function posted(summary: string, message: z.ZodType) {
  const { $schema: _, ...schema }: { $schema?: unknown } = z.toJSONSchema(message, {
    io: 'output',
  });
  return {
    post: {
      summary,
      description: 'Signed as https://www.standardwebhooks.com specifies.',
      security: [],
      parameters: headers,
      requestBody: { required: true, content: { 'application/json': { schema } } },
      responses: {
        '2XX': { description: 'It is taken.' },
        '410': { description: 'The receiver wants no more: the webhook is switched off.' },
        default: { description: 'It is sent again; Retry-After counts.' },
      },
    },
  };
}
