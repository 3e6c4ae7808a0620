import type { RawEvent } from '../../source.ts';
import { base, type Message } from '../messages/message.ts';
import { recent } from '../messages/recent.ts';
import { processExitId, resultOf, unitStates } from './message-ids.ts';
import { field, type JournalRecord, numberField } from './record/record.ts';

type Unit = Extract<RawEvent, { kind: 'unit' }>;

const remembered = 512;

/** Reads unit events from the structured fields that systemd adds; null when the record has none. */
export function unitRecords(): (record: JournalRecord, message: Message) => Unit | null {
  /** How the main process exited, until the unit's result is said. */
  const exits = recent<Pick<Unit, 'code' | 'status'>>(remembered);

  return (record, message) => {
    const id = field(record, 'MESSAGE_ID') ?? '';
    const state = unitStates.get(id);
    const unit = field(record, 'UNIT') ?? field(record, 'USER_UNIT');
    if (state === undefined || unit === null) return null;
    const code = field(record, 'EXIT_CODE');
    const status = numberField(record, 'EXIT_STATUS') ?? field(record, 'EXIT_STATUS');
    const main = id === processExitId && !/: [Cc]ontrol process exited/.test(message.text);
    if (main) exits.set(unit, { code, status });
    const exit = state === 'failed' ? exits.take(unit) : undefined;
    return {
      kind: 'unit',
      ...base(message),
      unit,
      state: id === processExitId && !main ? 'control-process-exited' : state,
      result: field(record, 'UNIT_RESULT') ?? resultOf(id),
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
