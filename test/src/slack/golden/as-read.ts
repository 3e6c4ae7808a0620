import type { Block, Button, Menu, SlackMessage } from '@coroner/bot/slack/render/blocks';

const columns = 100;
const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };
const emoji: Record<string, string> = {
  skull: '💀',
  warning: '⚠',
  bulb: '💡',
  hourglass_flowing_sand: '⏳',
  rotating_light: '🚨',
  eyes: '👀',
  zzz: '💤',
  calendar: '📅',
  white_check_mark: '✅',
  memo: '📝',
  bell: '🔔',
};

/** What a person reads of a message, 100 columns wide: bold without its stars, buttons in brackets. */
export function asRead({ blocks }: Pick<SlackMessage, 'blocks'>): string {
  return `${blocks.map(block).join('\n\n')}\n`;
}

/** What a notification shows. */
export function asNotified({ text }: SlackMessage): string {
  return `${wrapped(mrkdwn(text), '')}\n`;
}

function block(each: Block): string {
  switch (each.type) {
    case 'section':
      return wrapped(mrkdwn(each.text.text), '');
    case 'context':
      return each.elements.map(({ text }) => wrapped(mrkdwn(text), '  ')).join('\n');
    case 'actions':
      return each.elements.map(element).join('  ');
    case 'data_visualization': {
      const { series, axis_config: axis } = each.chart;
      const lines = series.map(({ name, data }) => {
        const values = data.map(({ value }) => value);
        return `  ${name}: ${values[0]} → ${values.at(-1)}, at most ${Math.max(...values)}`;
      });
      const span = `${axis.categories[0]} to ${axis.categories.at(-1)}`;
      return [`(line chart: ${each.title}, ${axis.y_label}, ${span})`, ...lines].join('\n');
    }
  }
}

function element(each: Button | Menu): string {
  if (each.type === 'button') return `[ ${unescaped(each.text.text)} ]`;
  const labels = each.options.map(({ text }) => unescaped(text.text)).join(' | ');
  return each.type === 'overflow' ? `[ … ${labels} ]` : `[ ${each.placeholder.text} ▾ ${labels} ]`;
}

/** What stands in backquotes is shown as it is. */
function mrkdwn(text: string): string {
  return text
    .split(/(`[^`\n]*`)/)
    .map((part, index) => (index % 2 === 1 ? unescaped(part) : formatted(part)))
    .join('');
}

function formatted(text: string): string {
  const read = text
    .replace(/```\n?/g, '')
    .replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<@(\w+)>/g, '@$1')
    .replace(/<#(\w+)>/g, '#$1')
    .replace(/<!subteam\^(\w+)>/g, '@$1')
    .replace(/(^|[\s(])\*([^*\n]+)\*/g, '$1$2')
    .replace(/:([a-z_]+):/g, (whole, name: string) => emoji[name] ?? whole);
  return unescaped(read);
}

const unescaped = (text: string) =>
  text.replace(/&(?:lt|gt|amp);/g, (entity) => entities[entity] ?? entity);

function wrapped(text: string, indent: string): string {
  return text
    .split('\n')
    .map((line) => {
      const lines = [''];
      for (const word of line.split(/(?<= )(?! )/)) {
        const last = lines.length - 1;
        const length = indent.length + (lines[last] ?? '').length + word.trimEnd().length;
        if (length > columns && lines[last] !== '') lines.push(word);
        else lines[last] += word;
      }
      return lines.map((each) => `${indent}${each}`.trimEnd()).join('\n');
    })
    .join('\n');
}
