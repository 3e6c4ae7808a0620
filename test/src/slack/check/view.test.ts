import { modal } from '@coroner/bot/slack/act/modals';
import { expect, test } from 'vitest';
import { workspace } from '../workspace/workspace.ts';
import { checkView } from './view.ts';

const origin = { incidentId: 'i'.repeat(64), channel: 'CALERTS', threadTs: '1.000001' };

test.each(['expect', 'note'] as const)('our modal for %s is taken as it is', (kind) => {
  expect(checkView(modal(kind, origin), 'modal').messages).toEqual([]);
});

test('a modal that Slack would refuse is refused', () => {
  const good = modal('note', origin);
  for (const wrong of [
    { submit: undefined },
    { title: { type: 'plain_text', text: 'x'.repeat(25) } },
    { private_metadata: 'x'.repeat(3001) },
    { type: 'home' },
    { blocks: [{ type: 'input', label: { type: 'mrkdwn', text: 'x' }, element: {} }] },
  ])
    expect(checkView({ ...good, ...wrong }, 'modal').shape).toBeNull();
});

test('a trigger opens one modal', () => {
  const here = workspace();
  const trigger = here.trigger('UALICE');
  expect(here.exchange(trigger)).toEqual({ user: 'UALICE' });
  expect(here.exchange(trigger)).toEqual({ error: 'exchanged_trigger_id' });
  expect(here.exchange('T0')).toEqual({ error: 'invalid_trigger_id' });
});
