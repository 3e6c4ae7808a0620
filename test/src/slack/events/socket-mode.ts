import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';

const mostConnections = 10;

/** What goes down a socket: an envelope that the bot acknowledges by its id. */
export interface Envelope {
  type: 'events_api' | 'slash_commands' | 'interactive';
  payload: unknown;
}

export interface Sockets {
  /** A ticket for one connection, as apps.connections.open gives it out. */
  ticket(): string;
  /**
   * Sends to one of the connections. Resolves with the acknowledgement's payload; rejects when there
   * is no connection, when it closes first, or after `timeoutMs`.
   */
  send(envelope: Envelope, retry: number, timeoutMs: number): Promise<unknown>;
  count(): number;
  /** Resolves when there is a connection. */
  connected(): Promise<void>;
  /** Cuts all connections without a word. */
  drop(): void;
  /** Asks all to connect anew, as Slack does every few hours. */
  refresh(): void;
  close(): void;
}

/** Socket Mode on `/link` of `server`. */
export function sockets(server: Server): Sockets {
  const upgrades = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const open = new Set<WebSocket>();
  const waiting = new Map<string, (payload: unknown) => void>();
  let watchers: (() => void)[] = [];
  let sent = 0;
  let turn = 0;

  server.on('upgrade', (request, socket, head) => {
    const ticket = new URL(request.url ?? '/', 'http://slack').searchParams.get('ticket') ?? '';
    if (!tickets.delete(ticket) || open.size >= mostConnections) {
      socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
      return;
    }
    upgrades.handleUpgrade(request, socket, head, (connection) => {
      open.add(connection);
      connection.on('close', () => open.delete(connection));
      connection.on('error', () => open.delete(connection));
      connection.on('message', (data) => acknowledged(String(data)));
      connection.send(
        JSON.stringify({
          type: 'hello',
          num_connections: open.size,
          debug_info: { host: 'emulator', approximate_connection_time: 18_060 },
          connection_info: { app_id: 'ACORONER' },
        }),
      );
      for (const watcher of watchers.splice(0)) watcher();
    });
  });

  function acknowledged(text: string) {
    const { envelope_id: id, payload } = JSON.parse(text) as Record<string, unknown>;
    const resolve = waiting.get(String(id));
    waiting.delete(String(id));
    resolve?.(payload ?? {});
  }

  return {
    ticket() {
      const ticket = `ticket-${Math.random().toString(36).slice(2)}`;
      tickets.add(ticket);
      return ticket;
    },
    send(envelope, retry, timeoutMs) {
      const connections = [...open];
      turn += 1;
      const connection = connections[turn % Math.max(connections.length, 1)];
      if (!connection) return Promise.reject(new Error('no socket is connected'));
      sent += 1;
      const id = `envelope-${sent}`;
      return new Promise((resolve, reject) => {
        const end = (error: Error) => {
          waiting.delete(id);
          clearTimeout(timer);
          connection.off('close', lost);
          reject(error);
        };
        const lost = () => end(new Error('the socket was closed'));
        const timer = setTimeout(() => end(new Error('not acknowledged in time')), timeoutMs);
        connection.once('close', lost);
        waiting.set(id, (payload) => {
          clearTimeout(timer);
          connection.off('close', lost);
          resolve(payload);
        });
        connection.send(
          JSON.stringify({
            envelope_id: id,
            ...envelope,
            accepts_response_payload: envelope.type !== 'events_api',
            ...(envelope.type === 'events_api'
              ? { retry_attempt: retry, retry_reason: retry > 0 ? 'timeout' : '' }
              : {}),
          }),
        );
      });
    },
    count: () => open.size,
    connected() {
      if (open.size > 0) return Promise.resolve();
      return new Promise((resolve) => {
        watchers.push(resolve);
      });
    },
    drop() {
      for (const connection of open) connection.terminate();
    },
    refresh() {
      for (const connection of open) {
        connection.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
      }
    },
    close() {
      watchers = [];
      for (const connection of open) connection.terminate();
      upgrades.close();
    },
  };
}
