import { checkChart } from './chart.ts';
import { checkElement, checkImage } from './elements.ts';
import {
  type Fields,
  isBoolean,
  isFields,
  onlyFields,
  type Problems,
  withinLength,
} from './problem.ts';
import { checkText } from './text.ts';

const id = 255;
const sectionText = 3000;
const fieldText = 2000;
const headerText = 150;
const contextText = 3000;

/** Blocks that Slack takes in messages and that are looked into no further here. */
const unexamined = new Set(
  `rich_text video file image call container plan task_card context_actions
   carousel card`.split(/\s+/),
);

/** The blocks of a message, one by one and together; `most` is 50 for messages and 100 for views. */
export function checkBlocks(blocks: readonly unknown[], most: number, found: Problems) {
  if (blocks.length > most) found.add('/blocks', `no more than ${most} items allowed`);
  blocks.forEach((block, index) => {
    if (isFields(block)) checkBlock(block, `/blocks/${index}`, found);
    else found.add(`/blocks/${index}`, 'must be an object');
  });
  unique(blocks, 'block_id', found);
  unique(blocks.flatMap(elementsOf), 'action_id', found);
  const count = (type: string) => blocks.filter((each) => isFields(each) && each['type'] === type);
  if (count('table').length > 1) found.add('/blocks', 'only one table is allowed');
  const markdown = count('markdown').map((each) => String((each as Fields)['text'] ?? ''));
  if (markdown.join('').length > 12_000) found.add('/blocks', 'markdown is over 12000 characters');
}

function checkBlock(block: Fields, at: string, found: Problems) {
  withinLength(block['block_id'], id, `${at}/block_id`, found);
  switch (block['type']) {
    case 'section':
      return checkSection(block, at, found);
    case 'divider':
      return onlyFields(block, ['type', 'block_id'], at, found);
    case 'header':
      onlyFields(block, ['type', 'block_id', 'text'], at, found);
      return checkText(
        block['text'],
        { types: ['plain_text'], most: headerText },
        `${at}/text`,
        found,
      );
    case 'context':
      return checkContext(block, at, found);
    case 'actions': {
      onlyFields(block, ['type', 'block_id', 'elements'], at, found);
      const elements = listOf(block, 'elements', 25, at, found);
      elements.forEach((each, index) => {
        checkElement(each, `${at}/elements/${index}`, found);
      });
      return;
    }
    case 'markdown':
      onlyFields(block, ['type', 'block_id', 'text'], at, found);
      return withinLength(block['text'], 12_000, `${at}/text`, found);
    case 'table': {
      const rows = listOf(block, 'rows', 100, at, found);
      rows.forEach((row, index) => {
        if (!Array.isArray(row) || row.length > 20)
          found.add(`${at}/rows/${index}`, 'over 20 cells');
      });
      return;
    }
    case 'image':
      return checkImage(block, at, found);
    case 'data_visualization':
      return checkChart(block, at, found);
    default:
      if (!unexamined.has(String(block['type']))) {
        found.add(`${at}/type`, `unsupported type: ${String(block['type'])}`);
      }
  }
}

function checkSection(block: Fields, at: string, found: Problems) {
  onlyFields(block, ['type', 'block_id', 'text', 'fields', 'accessory', 'expand'], at, found);
  const types = ['plain_text', 'mrkdwn'] as const;
  const { text, fields, accessory } = block as Record<'text' | 'fields' | 'accessory', unknown>;
  if (text === undefined && fields === undefined) found.add(at, 'missing required field: text');
  if (text !== undefined) checkText(text, { types, most: sectionText }, `${at}/text`, found);
  if (fields !== undefined) {
    listOf(block, 'fields', 10, at, found).forEach((each, index) => {
      checkText(each, { types, most: fieldText }, `${at}/fields/${index}`, found);
    });
  }
  if (accessory !== undefined) checkElement(accessory, `${at}/accessory`, found);
  isBoolean(block['expand'], `${at}/expand`, found);
}

function checkContext(block: Fields, at: string, found: Problems) {
  onlyFields(block, ['type', 'block_id', 'elements'], at, found);
  listOf(block, 'elements', 10, at, found).forEach((each, index) => {
    const where = `${at}/elements/${index}`;
    if (isFields(each) && each['type'] === 'image') checkImage(each, where, found);
    else checkText(each, { types: ['plain_text', 'mrkdwn'], most: contextText }, where, found);
  });
}

function listOf(block: Fields, name: string, most: number, at: string, found: Problems): unknown[] {
  const list = block[name];
  if (!Array.isArray(list)) {
    found.add(`${at}/${name}`, 'must be a list');
    return [];
  }
  if (list.length < 1) found.add(`${at}/${name}`, 'no fewer than 1 items allowed');
  if (list.length > most) found.add(`${at}/${name}`, `no more than ${most} items allowed`);
  return list;
}

function elementsOf(block: unknown): unknown[] {
  if (!isFields(block)) return [];
  const elements = Array.isArray(block['elements']) ? block['elements'] : [];
  return block['accessory'] === undefined ? elements : [...elements, block['accessory']];
}

function unique(values: readonly unknown[], name: string, found: Problems) {
  const seen = new Set<unknown>();
  for (const value of values) {
    const own = isFields(value) ? value[name] : undefined;
    if (own === undefined) continue;
    if (seen.has(own)) found.add('/blocks', `${name} "${String(own)}" already exists`);
    seen.add(own);
  }
}
