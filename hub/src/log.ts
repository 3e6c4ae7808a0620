import { type Logger, pino } from 'pino';

const stderr = 2;

/**
 * JSON lines on standard error, each written before the next: a process that ends with lines
 * unwritten would try for ever where whoever read them is gone.
 */
export function openLog(level: string): Logger {
  return pino({ level, base: { part: 'hub' } }, pino.destination({ dest: stderr, sync: true }));
}
