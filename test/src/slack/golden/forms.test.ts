import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deleteModal, editModal } from '@coroner/bot/slack/routes/modals';
import { expect, it } from 'vitest';

const folder = fileURLToPath(new URL('./read-forms/', import.meta.url)).replace('/dist/', '/src/');
/** `CORONER_GOLDEN=write`: writes the files anew, to be read before they are committed. */
const write = process.env['CORONER_GOLDEN'] === 'write';

const about = { routeId: 'r-1', isNew: false, channel: 'COPS' };
const filled = {
  ...{
    name: 'database team',
    channel: 'CDB',
    hosts: 'db-*',
    labels: 'role=db',
    causes: 'oom-host',
  },
  ...{
    severity: 'warning',
    mentions: 'UALICE, SONCALL',
    quiet: '22:00-08:00 mon,tue Europe/Berlin',
  },
  ...{ threshold: '5 in 10m', order: '10', continue: true },
};

it.each([
  ['route-new', editModal({ ...about, isNew: true }, {})],
  ['route-edit', editModal(about, filled)],
  ['route-delete', deleteModal(about, '<!channel> *x*')],
])('%s reads as before', (name, form) => {
  const text = asFilledIn(form);
  const path = join(folder, `${name}.txt`);
  mkdirSync(folder, { recursive: true });
  if (write) writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, 'utf8'));
});

interface Shown {
  text: string;
}
interface Input {
  label?: Shown;
  hint?: Shown;
  text?: Shown;
  optional?: boolean;
  element?: {
    type: string;
    initial_value?: string;
    initial_conversation?: string;
    initial_users?: string[];
    initial_option?: { text: Shown };
    options?: { text: Shown }[];
  };
}

/** What a person sees of a form: labels, what stands in the fields, hints. */
function asFilledIn(form: ReturnType<typeof editModal>): string {
  const lines = (form.blocks as Input[]).flatMap(({ label, hint, text, element, optional }) => {
    if (!element) return [text?.text ?? ''];
    const { initial_value: typed, initial_conversation: channel, initial_users: users } = element;
    const chosen = element.initial_option?.text.text;
    const choices = element.options?.map((each) => each.text.text).join(' | ');
    const value = typed ?? channel ?? users?.join(', ') ?? chosen ?? '';
    return [
      `${label?.text}${optional ? ' (optional)' : ''}: [ ${value} ]${choices ? ` of ${choices}` : ''}`,
      ...(hint ? [`  ${hint.text}`] : []),
    ];
  });
  const { title, submit, close } = form;
  return [title.text, '', ...lines, '', `[ ${close?.text} ]  [ ${submit?.text} ]`, ''].join('\n');
}
