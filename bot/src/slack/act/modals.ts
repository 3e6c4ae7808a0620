import type { types, ViewOutput } from '@slack/bolt';
import { z } from 'zod';
import { option, spans, text } from './choices.ts';

/** Where the modal was opened, and for which incident; all that it carries besides what is typed. */
const Origin = z.object({
  incidentId: z.string(),
  channel: z.string(),
  threadTs: z.string(),
});
export type Origin = z.infer<typeof Origin>;

export const modalCallback = /^act:(?:expect|note)$/;
const longest = { expect: 500, note: 1000 };
const month = { label: '30 days', seconds: 2_592_000 };

export function modal(kind: 'expect' | 'note', origin: Origin): types.ModalView {
  const note = kind === 'note';
  return {
    type: 'modal',
    callback_id: `act:${kind}`,
    private_metadata: JSON.stringify(origin),
    title: text(note ? 'Add a note' : 'Mark as expected'),
    submit: text(note ? 'Add' : 'Mark'),
    close: text('Cancel'),
    blocks: [
      {
        type: 'input',
        block_id: 'note',
        label: text(note ? 'Note' : 'Why is it expected?'),
        element: {
          type: 'plain_text_input',
          action_id: 'note',
          multiline: note,
          max_length: longest[kind],
        },
      },
      ...(note ? [] : [endInput()]),
    ],
  };
}

function endInput(): types.InputBlock {
  return {
    type: 'input',
    block_id: 'end',
    label: text('For how long?'),
    hint: text('Deaths like this one alert nobody until then; all others do.'),
    element: {
      type: 'static_select',
      action_id: 'end',
      options: [...spans, month].map(({ label, seconds }) => option(label, String(seconds))),
    },
  };
}

/** What was typed; `wrong` names the field and says what is missing. */
export type Submitted =
  | { origin: Origin; kind: 'expect' | 'note'; note: string; seconds: number }
  | { wrong: Record<string, string> };

/** Reads a submitted modal. Throws where it is none of ours. */
export function submitted(view: ViewOutput): Submitted {
  const { callback_id: callback, private_metadata: metadata, state } = view;
  const origin = Origin.parse(JSON.parse(metadata));
  const kind = callback === 'act:expect' ? 'expect' : 'note';
  const note = state.values['note']?.['note']?.value?.trim() ?? '';
  const seconds = Number(state.values['end']?.['end']?.selected_option?.value ?? 0);
  if (note === '') return { wrong: { note: 'Write some words.' } };
  if (kind === 'expect' && !(seconds > 0)) return { wrong: { end: 'Choose one.' } };
  return { origin, kind, note, seconds };
}
