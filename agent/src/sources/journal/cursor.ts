import { readFileSync, renameSync, writeFileSync } from 'node:fs';

const longestCursor = 1024;

/** Up to where the journal was read, kept in `file`; null = nowhere. */
export function cursorFile(file: string | null) {
  let cursor = file === null ? null : stored(file);
  let saved = cursor;
  return {
    get: (): string | null => cursor,
    set(next: string | null): void {
      cursor = next;
    },
    save(): void {
      if (file === null || cursor === saved) return;
      try {
        writeFileSync(`${file}.new`, cursor ?? '', { mode: 0o600 });
        renameSync(`${file}.new`, file);
        saved = cursor;
      } catch {
        // A full disk: after a restart more is read again, and equal events have equal ids.
      }
    },
  };
}

function stored(file: string): string | null {
  try {
    const text = readFileSync(file, 'utf8').trim();
    return /^[\w=;-]+$/.test(text) && text.length <= longestCursor ? text : null;
  } catch {
    // The first start.
    return null;
  }
}
