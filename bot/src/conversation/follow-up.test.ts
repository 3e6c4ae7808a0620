import { expect, it } from 'vitest';
import { asksForList } from '../question/asks-for-list.ts';
import { parseQuestion } from '../question/parse-question.ts';
import { inContext } from './follow-up.ts';

const asked = { now: new Date('2026-11-23T09:00:00Z'), timezone: 'UTC' };
const first = parseQuestion('why did nginx (pid 7) die on web-3 last night?', asked).question;
const then = (text: string) => inContext(parseQuestion(text, asked), text, first);

it('fills what a follow-up leaves open', () => {
  expect(then('and on web-4?')).toMatchObject({ process: 'nginx', host: 'web-4', pid: null });
  expect(then('and on web-4?').when?.phrase).toBe('last night');
  expect(then('what about postgres?')).toMatchObject({
    process: 'postgres',
    host: 'web-3',
    pid: null,
  });
  expect(then('and yesterday?')).toMatchObject({ process: 'nginx', pid: 7, host: 'web-3' });
});

it('leaves whole questions and greetings alone', () => {
  expect(then('why did java die on db-1')).toMatchObject({
    process: 'java',
    host: 'db-1',
    when: null,
  });
  expect(then('what died on web-4?')).toMatchObject({ process: null, host: 'web-4', when: null });
  expect(then('thanks')).toMatchObject({ process: null, host: null, pid: null });
});

it('knows a question for a list', () => {
  expect(asksForList('what died?')).toBe(true);
  expect(asksForList('show me the latest deaths')).toBe(true);
  expect(asksForList('hello')).toBe(false);
});
