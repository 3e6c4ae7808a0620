import type { RawEvent } from '../../source.ts';
import { base, type Message } from '../messages/message.ts';
import { pendingExits } from '../messages/service/pending-exits.ts';
import { processExitId, resultOf, unitStates } from './message-ids.ts';
import { field, type JournalRecord, numberField } from './record/record.ts';

type Unit = Extract<RawEvent, { kind: 'unit' }>;

/** Reads unit events from the structured fields that systemd adds; null when the record has none. */
export function unitRecords(): (record: JournalRecord, message: Message) => Unit | null {
  const exits = pendingExits();

  return (record, message) => {
    const id = field(record, 'MESSAGE_ID') ?? '';
    const state = unitStates.get(id);
    const unit = field(record, 'UNIT') ?? field(record, 'USER_UNIT');
    if (state === undefined || unit === null) return null;
    const code = field(record, 'EXIT_CODE');
    const status = numberField(record, 'EXIT_STATUS') ?? field(record, 'EXIT_STATUS');
    const main = id === processExitId && !/: [Cc]ontrol process exited/.test(message.text);
    if (main) exits.set(unit, { code, status });
    else if (state !== 'failed') exits.passed(unit);
    const result = field(record, 'UNIT_RESULT') ?? resultOf(id);
    const exit = state === 'failed' ? exits.failed(unit, result) : null;
    return {
      kind: 'unit',
      ...base(message),
      unit,
      state: id === processExitId && !main ? 'control-process-exited' : state,
      result,
      code: code ?? exit?.code ?? null,
      status: status ?? exit?.status ?? null,
      ...command(record),
      text: message.text,
    };
  };
}

/** COMMAND of a process exit is the program of its Exec line. */
function command(record: JournalRecord): Pick<Unit, 'comm'> {
  const path = field(record, 'COMMAND') ?? field(record, 'EXECUTABLE');
  return path === null ? {} : { comm: path.slice(path.lastIndexOf('/') + 1) };
}
