import { signalName, signalNumber } from '@coroner/schema/signal';
import type { Value } from './record/fields.ts';
import { intOf, numberOf } from './record/values.ts';

const highestSignal = 64;

/** A signal in a register: hex in raw records, `SIGKILL` in interpreted ones; `SIG0` only asks. */
export function signalInRegister(value: Value | undefined): string | null {
  const named = nameOf(value);
  if (named !== null) return named;
  const number = intOf(value);
  return number !== null && number >= 0 && number <= highestSignal ? signalName(number) : null;
}

/** `sig=` of ANOM_ABEND and SECCOMP: decimal or a name; null for 0, which is none. */
export function signalField(value: Value | undefined): string | null {
  const named = nameOf(value);
  if (named !== null) return named;
  const number = numberOf(value);
  return number !== null && number > 0 && number <= highestSignal ? signalName(number) : null;
}

function nameOf(value: Value | undefined): string | null {
  if (!/^SIG[A-Z0-9+]+$/.test(value?.text ?? '')) return null;
  const number = signalNumber(value?.text ?? '');
  return number === null ? null : signalName(number);
}
