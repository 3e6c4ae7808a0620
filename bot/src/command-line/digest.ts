import type { HubClient } from '@coroner/schema/client/hub-client';
import { askDigest, type DigestSpan } from '../conversation/about/digest.ts';
import { digestReply } from '../conversation/replies/digest-reply.ts';
import { type Paper, printReply } from '../terminal/print-reply.ts';

/** Prints the digest of the last day or week, or the hub's own JSON. Rejects with a HubError. */
export async function runDigest(
  hub: HubClient,
  span: DigestSpan,
  json: boolean,
  paper: Paper,
  print: (text: string) => void,
): Promise<void> {
  const digest = await askDigest(hub, span, new Date());
  print(json ? `${JSON.stringify(digest, null, 2)}\n` : printReply(digestReply(digest), paper));
}
