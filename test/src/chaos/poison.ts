import { connect as connectTcp, type Socket } from 'node:net';
import type { World } from '@coroner/hub/dist/testing/world.js';
import type { Ill } from './faults.ts';

/**
 * What no agent sends: each message is another one, and each has to end up in quarantine once. Returns
 * how many were sent so far.
 */
export function poison({ agent }: World, host: string): { ill: Ill; sent(): number } {
  let sent = 0;
  const subject = `coroner.events.${host}`;
  const batch = (events: unknown[], of = host) =>
    JSON.stringify({ v: 1, id: `poison-${sent}`, host: of, bootId: 'b', agent: 'a', events });
  const kinds: (() => string | Uint8Array)[] = [
    () => Buffer.from([0xff, 0xfe, sent & 0xff, sent >> 8, 0]),
    () => `{"v": 1, "id": "poison-${sent}", "events": [`,
    () => batch([], 'somebody-else'),
    () => JSON.stringify({ v: 2, number: sent }),
    () => `"${'x'.repeat(100_000)}${sent}"`,
  ];
  const send = async () => {
    const kind = kinds[sent % kinds.length];
    sent += 1;
    if (kind) await agent.raw(subject, kind());
  };
  return { sent: () => sent, ill: { kind: 'poisoned messages', begin: send, end: send } };
}

/** Subscribes to everything, and reads nothing of it: nats-server has to let it go. */
export function slowConsumer(natsUrl: string): Ill {
  const { hostname, port, username, password } = new URL(natsUrl);
  let socket: Socket | null = null;
  return {
    kind: 'a slow consumer',
    begin() {
      const login = { user: username, pass: decodeURIComponent(password), verbose: false };
      socket = connectTcp(Number(port), hostname);
      socket.on('error', () => undefined);
      socket.pause();
      socket.write(`CONNECT ${JSON.stringify(login)}\r\nSUB coroner.> 1\r\nPING\r\n`);
    },
    end: () => socket?.destroy(),
  };
}
