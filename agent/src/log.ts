import pino from 'pino';

export type Log = pino.Logger;

/** JSON lines on standard error. */
export function openLog(level: string): Log {
  return pino(
    { level, base: { part: 'agent' }, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
}
