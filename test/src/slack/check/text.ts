import { type Fields, isBoolean, isFields, onlyFields, type Problems } from './problem.ts';

export interface TextRule {
  types: readonly ('plain_text' | 'mrkdwn')[];
  most: number;
}

/** A text object: `{type, text, emoji | verbatim}`, 1 to `most` characters. */
export function checkText(value: unknown, rule: TextRule, at: string, found: Problems) {
  if (!isFields(value)) return found.add(at, 'must be an object');
  const type = value['type'];
  if (!rule.types.includes(type as 'mrkdwn')) {
    return found.add(`${at}/type`, `must be one of ${rule.types.join(', ')}`);
  }
  const flag = type === 'plain_text' ? 'emoji' : 'verbatim';
  onlyFields(value, ['type', 'text', flag], at, found);
  isBoolean(value[flag], `${at}/${flag}`, found);
  const text = value['text'];
  if (typeof text !== 'string') return found.add(`${at}/text`, 'must be a string');
  if (text.length < 1) found.add(`${at}/text`, 'must be more than 0 characters');
  if (text.length > rule.most) {
    found.add(`${at}/text`, `must be less than ${rule.most + 1} characters`);
  }
}

/** Every mrkdwn and plain text of a block with whether Slack parses it, at any depth. */
export function textsOf(value: unknown): { text: string; parsed: boolean; verbatim: boolean }[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (!isFields(value)) return [];
  const own = isText(value)
    ? [
        {
          text: value['text'] as string,
          parsed: value['type'] === 'mrkdwn',
          verbatim: value['verbatim'] === true,
        },
      ]
    : [];
  return [...own, ...Object.values(value).flatMap(textsOf)];
}

function isText(value: Fields): boolean {
  return typeof value['text'] === 'string';
}
