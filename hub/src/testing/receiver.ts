import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebhookMessage } from '@coroner/schema/http/webhooks';
import { Webhook } from 'standardwebhooks';

/** A message as a receiver got it. */
interface Received {
  id: string;
  /** Null where it is none about an incident. */
  message: WebhookMessage | null;
  /** By the reference implementation of the specification, with the receiver's secret of then. */
  verified: boolean;
  /** The same with another. */
  verifiedBy: (secret: string) => boolean;
}

/** A program that takes webhooks. */
export interface Receiver {
  url: string;
  /** Every attempt, in the order in which they came. */
  received: Received[];
  /** What it is verified with. */
  secret: string;
  /** Answers from now on; without an answer the request hangs. */
  answer: (response: ServerResponse, nth: number) => void;
  stop(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const receiver: Receiver = {
    ...{ url: '', received: [], secret: '' },
    answer: (response) => void response.writeHead(204).end(),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const server = createServer(async (request, response) => {
    const body = await textOf(request);
    receiver.received.push(read(request, body, receiver.secret));
    receiver.answer(response, receiver.received.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  return receiver;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function read({ headers }: IncomingMessage, body: string, secret: string): Received {
  const message = WebhookMessage.safeParse(JSON.parse(body)).data ?? null;
  const id = String(headers['webhook-id']);
  const verifiedBy = (other: string) => {
    try {
      new Webhook(other).verify(body, headers as Record<string, string>);
      return true;
    } catch {
      // The reference throws for a wrong signature.
      return false;
    }
  };
  return { id, message, verified: verifiedBy(secret), verifiedBy };
}
