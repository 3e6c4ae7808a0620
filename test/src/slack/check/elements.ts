import { type Fields, isFields, onlyFields, type Problems, withinLength } from './problem.ts';
import { checkText } from './text.ts';

const buttonText = 75;
const buttonValue = 2000;
const optionText = 75;
const optionValue = 150;
const actionId = 255;
const url = 3000;

/** An interactive element of an actions block or an accessory. */
export function checkElement(value: unknown, at: string, found: Problems) {
  if (!isFields(value)) return found.add(at, 'must be an object');
  withinLength(value['action_id'], actionId, `${at}/action_id`, found);
  switch (value['type']) {
    case 'button':
      return checkButton(value, at, found);
    case 'overflow':
    case 'static_select':
    case 'checkboxes':
    case 'radio_buttons':
      return checkOptions(value, at, found);
    case 'image':
      return checkImage(value, at, found);
    case 'feedback_buttons':
    case 'icon_button':
    case 'datepicker':
    case 'timepicker':
    case 'datetimepicker':
    case 'users_select':
    case 'multi_users_select':
    case 'conversations_select':
    case 'channels_select':
      return;
    default:
      found.add(`${at}/type`, `unsupported type: ${String(value['type'])}`);
  }
}

function checkButton(value: Fields, at: string, found: Problems) {
  const known = ['type', 'text', 'action_id', 'url', 'value', 'style', 'confirm'];
  onlyFields(value, [...known, 'accessibility_label'], at, found);
  checkText(value['text'], { types: ['plain_text'], most: buttonText }, `${at}/text`, found);
  withinLength(value['value'], buttonValue, `${at}/value`, found);
  withinLength(value['url'], url, `${at}/url`, found);
  withinLength(value['accessibility_label'], buttonText, `${at}/accessibility_label`, found);
  const style = value['style'];
  if (style !== undefined && style !== 'primary' && style !== 'danger') {
    found.add(`${at}/style`, 'must be primary or danger');
  }
}

function checkOptions(value: Fields, at: string, found: Problems) {
  const options = value['options'];
  if (!Array.isArray(options)) return;
  const most = value['type'] === 'overflow' ? 5 : value['type'] === 'static_select' ? 100 : 10;
  if (options.length < 1 || options.length > most) {
    found.add(`${at}/options`, `must have 1 to ${most} items`);
  }
  options.forEach((option: unknown, index) => {
    if (!isFields(option)) {
      found.add(`${at}/options/${index}`, 'must be an object');
      return;
    }
    const rule = { types: ['plain_text', 'mrkdwn'], most: optionText } as const;
    checkText(option['text'], rule, `${at}/options/${index}/text`, found);
    withinLength(option['value'], optionValue, `${at}/options/${index}/value`, found);
  });
}

export function checkImage(value: Fields, at: string, found: Problems) {
  if (typeof value['alt_text'] !== 'string') found.add(`${at}/alt_text`, 'missing required field');
  if (value['image_url'] === undefined && value['slack_file'] === undefined) {
    found.add(at, 'must provide image_url or slack_file');
  }
  withinLength(value['image_url'], url, `${at}/image_url`, found);
}
