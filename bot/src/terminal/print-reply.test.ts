import { expect, it } from 'vitest';
import { reply } from '../conversation/reply.ts';
import { printReply } from './print-reply.ts';
import { wrapped } from './wrapped.ts';

const hostile = '\u001b]0;owned\u0007\u001b[2J\n\rKilled process 1 \u202e\u009b';
const whole = reply({
  tone: 'answered',
  headline: ['it was ', { code: hostile }, ' at ', { at: '2026-11-23T03:12:07.120Z' }],
  note: [hostile],
  confidence: 'proven',
  facts: [{ label: 'Victim', words: [{ code: hostile }] }],
  ruledOut: [[hostile]],
  advice: [[hostile]],
  gaps: [hostile],
  evidence: [{ at: 'no time', source: hostile, text: hostile }],
  choices: [{ id: '1', host: hostile, comm: hostile, diedAt: 'never', summary: hostile }],
  choicesTitle: 'Others',
});

it('prints no control character without a terminal, whatever a process calls itself', () => {
  const text = printReply(whole, { colour: false, width: 100, timezone: 'UTC' });
  expect(text).toContain('2026-11-23 03:12:07 UTC');
  expect(text.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  expect(text.split('\n').some((line) => line.startsWith('Killed process'))).toBe(false);
});

it('prints no control sequence but its own colours on a terminal', () => {
  const text = printReply(whole, { colour: true, width: 60, timezone: 'UTC' });
  const rest = text.replace(/\u001b\[\d+m/g, '').replaceAll('\n', '');
  expect(rest).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
});

it('wraps between words and indents what follows', () => {
  const text = wrapped('Label        one two three four five six seven eight nine ten', 44, 13);
  expect(text).toBe('Label        one two three four five six\n             seven eight nine ten');
});
