import { HubError } from './hub-error.ts';
import type { HubAddress } from './locate-hub.ts';

const timeoutMs = 15_000;

/** The hub's drawing, PNG, of a death or an incident. Rejects with a HubError alone. */
export async function picture(
  { url, token }: HubAddress,
  kind: string,
  id: string,
): Promise<Buffer> {
  const path = `v1/${kind}/${encodeURIComponent(id)}/picture`;
  try {
    const response = await fetch(new URL(path, url.endsWith('/') ? url : `${url}/`), {
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.ok) return Buffer.from(await response.arrayBuffer());
    throw new HubError('failed', `The hub gives no picture ${path}: status ${response.status}`);
  } catch (error) {
    if (error instanceof HubError) throw error;
    throw new HubError('unreachable', `The hub gives no picture ${path}: ${String(error)}`, {
      cause: error,
    });
  }
}
