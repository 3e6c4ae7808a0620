import type { IncomingMessage } from 'node:http';

export async function rawBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The arguments of a call: JSON, a form, or a form with files (whose parts are left alone). */
export async function argumentsOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const type = request.headers['content-type'] ?? '';
  const body = await rawBody(request);
  const inUrl = new URL(request.url ?? '/', 'http://slack').searchParams;
  const fromUrl = Object.fromEntries(inUrl);
  if (type.startsWith('application/json')) {
    const parsed: unknown = body.length > 0 ? JSON.parse(body.toString('utf8')) : {};
    return typeof parsed === 'object' && parsed !== null ? { ...fromUrl, ...parsed } : fromUrl;
  }
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return { ...fromUrl, ...Object.fromEntries(new URLSearchParams(body.toString('utf8'))) };
  }
  return fromUrl;
}
