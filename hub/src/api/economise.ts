import compress from '@fastify/compress';
import etag from '@fastify/etag';
import type { Api } from './api-types.ts';

/** Below this a packed answer is no shorter. */
const leastBytes = 1_024;
const packed =
  /^(?:text\/(?!event-stream)|application\/(?:[\w.+-]*\+)?(?:json|x-ndjson|javascript))/;

/**
 * Bytes that need not travel: an answer that is as it was (ETag, RFC 9110) is 304, and others are
 * packed. Caches that more than one reader shares keep nothing, and a browser asks again each time.
 */
export async function economise(api: Api): Promise<void> {
  api.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'private, no-cache');
  });
  await api.register(etag, { weak: true });
  await api.register(compress, {
    encodings: ['gzip'],
    threshold: leastBytes,
    customTypes: packed,
  });
}
