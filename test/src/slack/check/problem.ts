/** What Slack finds wrong with blocks, in the words of its `response_metadata.messages`. */
export interface Problems {
  add(pointer: string, what: string): void;
  readonly list: string[];
}

export function problems(): Problems {
  const list: string[] = [];
  return {
    list,
    add(pointer, what) {
      list.push(`[ERROR] ${what} [json-pointer:${pointer}]`);
    },
  };
}

export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Fields that Slack does not know make a block invalid. */
export function onlyFields(value: Fields, known: readonly string[], at: string, found: Problems) {
  for (const name of Object.keys(value)) {
    if (!known.includes(name)) found.add(at, `no more than the known properties allowed: ${name}`);
  }
}

export function withinLength(value: unknown, most: number, at: string, found: Problems) {
  if (value === undefined) return;
  if (typeof value !== 'string') return found.add(at, 'must be a string');
  if (value.length > most) found.add(at, `must be less than ${most + 1} characters`);
}

export function isBoolean(value: unknown, at: string, found: Problems) {
  if (value !== undefined && typeof value !== 'boolean') found.add(at, 'must be a boolean');
}
