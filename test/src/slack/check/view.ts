import { checkBlocks } from './blocks.ts';
import { checkElement } from './elements.ts';
import {
  type Fields,
  isFields,
  onlyFields,
  type Problems,
  problems,
  withinLength,
} from './problem.ts';
import { checkText } from './text.ts';

const mostBlocks = 100;
const longestTitle = 24;
const longestMetadata = 3000;
const longestId = 255;
const longestLabel = 2000;
const longestInput = 3000;

/** What Slack says to a view; `shape` is null where it refuses it. */
export function checkView(
  view: unknown,
  type: 'home' | 'modal',
): { shape: Fields | null; messages: string[] } {
  const found = problems();
  if (!isFields(view) || !Array.isArray(view['blocks'])) return { shape: null, messages: [] };
  if (view['type'] !== type) found.add('/type', `must be ${type}`);
  const isInput = (block: unknown) => isFields(block) && block['type'] === 'input';
  const inputs = view['blocks'].filter(isInput);
  checkBlocks(
    view['blocks'].map((block) => (isInput(block) ? { type: 'divider' } : block)),
    mostBlocks,
    found,
  );
  inputs.forEach((input, index) => {
    checkInput(input as Fields, `/inputs/${index}`, found);
  });
  if (type === 'modal') {
    if (view['title'] === undefined) found.add('/title', 'missing required field');
    if (inputs.length > 0 && view['submit'] === undefined)
      found.add('/submit', 'missing required field: a modal with inputs needs it');
  }
  for (const part of ['title', 'submit', 'close'])
    if (view[part] !== undefined)
      checkText(view[part], { types: ['plain_text'], most: longestTitle }, `/${part}`, found);
  withinLength(view['callback_id'], longestId, '/callback_id', found);
  withinLength(view['private_metadata'], longestMetadata, '/private_metadata', found);
  return { shape: found.list.length === 0 ? view : null, messages: found.list };
}

function checkInput(block: Fields, at: string, found: Problems) {
  onlyFields(
    block,
    ['type', 'block_id', 'label', 'hint', 'element', 'optional', 'dispatch_action'],
    at,
    found,
  );
  const rule = { types: ['plain_text'], most: longestLabel } as const;
  checkText(block['label'], rule, `${at}/label`, found);
  if (block['hint'] !== undefined) checkText(block['hint'], rule, `${at}/hint`, found);
  const element = block['element'];
  if (!isFields(element)) return found.add(`${at}/element`, 'must be an object');
  if (element['type'] !== 'plain_text_input') return checkElement(element, `${at}/element`, found);
  const most = Number(element['max_length'] ?? longestInput);
  if (!(most >= 1 && most <= longestInput)) found.add(`${at}/element/max_length`, 'out of range');
}
