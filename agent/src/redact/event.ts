import { onceForShared } from '../shared.ts';
import type { RawEvent } from '../source.ts';
import { redactArgv, redactText } from './redact.ts';

/** Fields of events that hold command lines or free text of programs. */
const textFields: ReadonlySet<string> = new Set(['command', 'text', 'reason', 'stdin', 'message']);

/** The event with the secrets taken out of every command line and free text in it. */
export function redactEvent(event: RawEvent): RawEvent {
  return redactFields(event) as RawEvent;
}

function redactFields(value: object): object {
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, redactField(name, field)]),
  );
}

/** In a storm one sender, and the ancestors of its victims, stand in event after event. */
const redactedProcess = onceForShared(redactFields);
const redactedAncestry = onceForShared((ancestry: unknown[]) => redactItems(ancestry));

function redactField(name: string, field: unknown): unknown {
  if (typeof field === 'string') return textFields.has(name) ? redactText(field) : field;
  if (Array.isArray(field)) {
    if (name === 'ancestry') return redactedAncestry(field);
    if (name === 'cmdline') return redactedOnce(field as string[]);
    return redactItems(field);
  }
  if (!isObject(field)) return field;
  return name === 'current' ? redactedProcess(field) : redactFields(field);
}

function redactItems(items: readonly unknown[]): unknown[] {
  return items.map((item) => (isObject(item) ? redactFields(item) : item));
}

/** In a storm the same ancestors stand in event after event: their command lines are redacted once. */
const mostRemembered = 512;
const longestRemembered = 4096;
const remembered = new Map<string, readonly string[]>();

function redactedOnce(argv: readonly string[]): readonly string[] {
  const key = [argv.length, ...argv].join('\0');
  if (key.length > longestRemembered) return redactArgv(argv);
  const known = remembered.get(key);
  if (known) return known;
  const fresh = redactArgv(argv);
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(key, fresh);
  return fresh;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
