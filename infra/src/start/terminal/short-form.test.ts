import { expect, it } from 'vitest';
import { shortForm } from './short-form.ts';

const pino = (record: object) => JSON.stringify(record);

it.each([
  [pino({ level: 30, msg: 'ready' }), null],
  [pino({ level: 40, msg: 'NATS went away' }), 'warning: NATS went away'],
  [pino({ level: 50, msg: 'not stored', reason: 'full' }), 'error: not stored (full)'],
  [pino({ level: 50, msg: 'not stored', err: { message: 'full' } }), 'error: not stored (full)'],
  ['2026-11-23 03:44:35.362 UTC [1] LOG:  database system is ready', null],
  ['2026-11-23 03:44:35.362 UTC [1] ERROR:  relation "x" does not exist', null],
  [
    '2026-11-23 03:44:35.362 UTC [1] FATAL:  out of disk',
    '2026-11-23 03:44:35.362 UTC [1] FATAL:  out of disk',
  ],
  ['[1] 2026/11/23 03:45:50.722157 [INF] Server is ready', null],
  [
    '[1] 2026/11/23 03:45:50.722157 [ERR] no space',
    '[1] 2026/11/23 03:45:50.722157 [ERR] no space',
  ],
  ['TypeError: x is not a function', 'TypeError: x is not a function'],
  ['{"level":50,"msg":"torn', '{"level":50,"msg":"torn'],
])('%s → %s', (line, short) => {
  expect(shortForm(line)).toBe(short);
});

it('is one printable line, whatever a process calls itself', () => {
  const short = shortForm(pino({ level: 50, msg: 'killed \u001b[2J\r\nforged: line' }));
  expect(short).toBe('error: killed  [2J forged: line');
});
