/** Where a value lies in a record, as the kernel's `format` file of an event says. */
export interface Field {
  readonly offset: number;
  readonly size: number;
  readonly signed: boolean;
  /** `__data_loc`: the field holds offset and length of a text elsewhere in the record. */
  readonly located: boolean;
}

/** An event's number in the ring and its fields. */
export interface Format {
  readonly id: number;
  readonly fields: ReadonlyMap<string, Field>;
}

const fieldLine =
  /^\s*field:\s*(?<type>.*?)(?<name>\w+)(?:\[[^\]]*\])?;\s*offset:(?<offset>\d+);\s*size:(?<size>\d+);(?:\s*signed:(?<signed>[01]);)?/;

/**
 * A `format` file of tracefs (Documentation/trace/events.rst). Layouts change between kernels, so
 * offsets are never taken for granted. Throws when it has no number.
 */
export function parseFormat(text: string): Format {
  const id = /^ID:\s*(\d+)/m.exec(text)?.[1];
  if (id === undefined) throw new Error(`a tracefs format file without ID: ${text.slice(0, 60)}`);
  return { id: Number(id), fields: parseFields(text) };
}

/** The `field:` lines alone; `header_page` has nothing else. */
export function parseFields(text: string): Map<string, Field> {
  const fields = new Map<string, Field>();
  for (const line of text.split('\n')) {
    const found = fieldLine.exec(line)?.groups;
    if (!found?.['name']) continue;
    fields.set(found['name'], {
      offset: Number(found['offset']),
      size: Number(found['size']),
      signed: found['signed'] === '1',
      located: /__data_loc/.test(found['type'] ?? ''),
    });
  }
  return fields;
}
