import { connect, type Socket } from 'node:net';
import { lineTaker } from '../../following/taker.ts';

const retryMs = 10_000;

/**
 * Reads the records that auditd's af_unix plugin writes to its socket, one line each
 * (`format = string`), and connects again when auditd comes back.
 */
export function followSocket(
  path: string,
  onLine: (line: string) => void,
  onLost: (reason: string) => void,
): { stop(): void } {
  let socket: Socket | null = null;
  let retry: NodeJS.Timeout | null = null;
  let stopped = false;
  begin();

  return {
    stop() {
      stopped = true;
      if (retry) clearTimeout(retry);
      socket?.destroy();
    },
  };

  function begin(): void {
    retry = null;
    const lines = lineTaker(onLine);
    let said = 'auditd closed it';
    let wasOpen = false;
    const current = connect(path);
    socket = current;
    current.once('connect', () => {
      wasOpen = true;
    });
    current.on('data', (bytes: Buffer) => lines.push(bytes));
    current.once('error', (error) => {
      said = error.message;
    });
    current.once('close', () => {
      if (stopped) return;
      lines.end();
      if (wasOpen) onLost(said);
      retry = setTimeout(begin, retryMs);
    });
  }
}
