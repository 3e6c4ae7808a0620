import { expect, it } from 'vitest';
import { checkMessage } from './message.ts';

const text = (length: number) => 'x'.repeat(length);
const section = (length: number) => ({
  type: 'section',
  text: { type: 'mrkdwn', text: text(length) },
});
const button = (more: object = {}) => ({
  type: 'button',
  action_id: 'a',
  text: { type: 'plain_text', text: 'Why?' },
  ...more,
});
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const header = (length: number, type = 'plain_text') => ({
  type: 'header',
  text: { type, text: text(length) },
});

it.each<[string, unknown[], string | null]>([
  ['50 blocks', Array.from({ length: 50 }, () => section(1)), null],
  ['51 blocks', Array.from({ length: 51 }, () => section(1)), 'invalid_blocks'],
  ['a section of 3000', [section(3000)], null],
  ['a section of 3001', [section(3001)], 'invalid_blocks'],
  ['an empty section', [section(0)], 'invalid_blocks'],
  ['a header of 150', [header(150)], null],
  ['a header of 151', [header(151)], 'invalid_blocks'],
  ['a header in mrkdwn', [header(1, 'mrkdwn')], 'invalid_blocks'],
  ['an unknown block', [{ type: 'alert' }], 'invalid_blocks'],
  ['an unknown field', [{ ...section(1), colour: 'red' }], 'invalid_blocks'],
  [
    'emoji on mrkdwn',
    [{ type: 'section', text: { type: 'mrkdwn', text: 'x', emoji: true } }],
    'invalid_blocks',
  ],
  ['a button', [actions(button({ value: text(2000) }))], null],
  [
    'a long button',
    [actions(button({ text: { type: 'plain_text', text: text(76) } }))],
    'invalid_blocks',
  ],
  ['a long value', [actions(button({ value: text(2001) }))], 'invalid_blocks'],
  ['two equal action ids', [actions(button(), button())], 'invalid_blocks'],
  [
    '26 buttons',
    [actions(...Array.from({ length: 26 }, (_, id) => button({ action_id: `${id}` })))],
    'invalid_blocks',
  ],
  ['no buttons', [actions()], 'invalid_blocks'],
  ['equal block ids', [1, 2].map(() => ({ ...section(1), block_id: 'b' })), 'invalid_blocks'],
  [
    '11 fields',
    [{ type: 'section', fields: Array.from({ length: 11 }, () => section(1).text) }],
    'invalid_blocks',
  ],
  [
    '11 context elements',
    [{ type: 'context', elements: Array.from({ length: 11 }, () => section(1).text) }],
    'invalid_blocks',
  ],
  ['13,000 characters in all', Array.from({ length: 5 }, () => section(2600)), null],
  [
    '13,500 characters in all',
    Array.from({ length: 5 }, () => section(2700)),
    'msg_blocks_too_long',
  ],
  ['two tables', [1, 2].map(() => ({ type: 'table', rows: [[]] })), 'invalid_blocks'],
])('%s', (_, blocks, error) => {
  expect(checkMessage({ text: 'x', blocks: JSON.stringify(blocks) }).error).toBe(error);
});

it('wants something to show, warns without text, and reads blocks as JSON only', () => {
  expect(checkMessage({}).error).toBe('no_text');
  expect(checkMessage({ text: 'x', blocks: '[{' }).error).toBe('invalid_blocks_format');
  expect(checkMessage({ blocks: [section(1)] }).warnings).toHaveLength(1);
  expect(checkMessage({ text: text(50_000) }).text).toHaveLength(40_000);
  expect(checkMessage({ text: text(4001) }, true).error).toBe('msg_too_long');
});

it('finds the notifications that a message would cause', () => {
  expect(checkMessage({ text: 'hi <!channel> and <@UALICE>' }).pings).toHaveLength(2);
  expect(checkMessage({ text: 'hi &lt;!channel&gt;' }).pings).toEqual([]);
  expect(checkMessage({ text: '@here' }).pings).toEqual(['@here']);
  expect(checkMessage({ text: '@here', parse: 'none' }).pings).toEqual([]);
});
