import type { Value } from './fields.ts';

const unsetId = 0xffffffff;

/** Bytes of a value: hex where a raw record holds hex, the text itself elsewhere; null when absent. */
export function bytesOf(value: Value | undefined): Buffer | null {
  if (value === undefined || value.text === '(null)') return null;
  if (value.encodable && /^(?:[0-9A-F]{2})+$/.test(value.text)) {
    return Buffer.from(value.text, 'hex');
  }
  return Buffer.from(value.text, 'utf8');
}

/** Text of a value; null when it is absent or `(null)`. */
export function textOf(value: Value | undefined): string | null {
  if (value === undefined || value.text === '(null)') return null;
  return value.encodable ? (bytesOf(value)?.toString('utf8') ?? null) : value.text;
}

/** The same, null also for `?`, `UNKNOWN` and nothing, with which user space says that it does not know. */
export function knownText(value: Value | undefined): string | null {
  const text = textOf(value);
  return text === null || /^(?:\?*|UNKNOWN|\(none\))$/.test(text) ? null : text;
}

/** A decimal number; null when it is none. */
export function numberOf(value: Value | undefined): number | null {
  const text = value?.text ?? '';
  if (!/^-?\d{1,15}$/.test(text)) return null;
  return Number(text);
}

/** A user id or session: null when unset. `unknown(48)` and `root` are what `ausearch -i` prints. */
export function idOf(value: Value | undefined): number | null {
  const text = value?.text ?? '';
  if (text === 'root') return 0;
  const digits = /^(?:unknown\()?(-?\d{1,10})\)?$/.exec(text)?.[1];
  if (digits === undefined) return null;
  const id = Number(digits);
  return id < 0 || id === unsetId ? null : id;
}

/** The name of an id: as `ausearch -i` prints it, or as auditd appended it (`UID="root"`). */
export function idName(value: Value | undefined, enriched: Value | undefined): string | null {
  for (const candidate of [enriched?.text, value?.text]) {
    if (candidate === undefined || candidate === '' || candidate === 'unset') continue;
    if (!/^-?\d+$|^unknown(?:\(|$)/.test(candidate)) return candidate;
  }
  return null;
}

/** A register: hex, with or without 0x, as an unsigned number; null when it is none. */
function registerOf(value: Value | undefined): bigint | null {
  const digits = /^(?:0x)?([0-9a-f]{1,16})$/i.exec(value?.text ?? '')?.[1];
  return digits === undefined ? null : BigInt(`0x${digits}`);
}

/** A register as the C `int` that the system call took. */
export function intOf(value: Value | undefined): number | null {
  const register = registerOf(value);
  return register === null ? null : Number(BigInt.asIntN(32, register));
}

/** `pts0`, `/dev/pts/0` → `pts/0`; null for `(none)`, `?`, and for `ssh`, which is no terminal. */
export function ttyOf(value: Value | undefined): string | null {
  const text = knownText(value);
  if (text === null) return null;
  const name = text.replace(/^\/dev\//, '').replace(/^pts(?=\d)/, 'pts/');
  return /^(?:pts\/\d+|tty\w*|hvc\d+|console|xvc\d+|:\d+)$/.test(name) ? name : null;
}
