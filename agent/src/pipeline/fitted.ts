import type { Event } from '@coroner/schema/event/event';

const kibibyte = 1024;
export const maxEventBytes = 64 * kibibyte;
const mark = '…';
/** Bytes of UTF-8 that a UTF-16 unit of a string takes at most. */
const mostBytesPerUnit = 3;

/** How much of a string and of a list is kept, tried in turn until the event fits. */
const limits = [
  { characters: 8192, items: 512 },
  { characters: 2048, items: 128 },
  { characters: 512, items: 32 },
  { characters: 96, items: 16 },
  { characters: 24, items: 4 },
];

/**
 * JSON of an event, at most 64 KiB of it: of a longer one the long strings (ended by `…`) and
 * lists are shortened, and `shortened` says so. Never drops an event.
 */
export function fitted(event: Event): string {
  const whole = JSON.stringify(event);
  if (whole.length * mostBytesPerUnit <= maxEventBytes) return whole;
  if (Buffer.byteLength(whole) <= maxEventBytes) return whole;
  let json = whole;
  for (const limit of limits) {
    json = JSON.stringify({ ...(shorten(event, limit) as object), id: event.id, shortened: true });
    if (Buffer.byteLength(json) <= maxEventBytes) break;
  }
  return json;
}

type Limit = (typeof limits)[number];

function shorten(value: unknown, limit: Limit): unknown {
  if (typeof value === 'string') return cut(value, limit.characters);
  if (Array.isArray(value)) return value.slice(0, limit.items).map((item) => shorten(item, limit));
  if (typeof value !== 'object' || value === null) return value;
  const shortened = Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, shorten(field, limit)]),
  );
  return isCut(value, shortened) ? { ...shortened, cmdlineTruncated: true } : shortened;
}

function isCut(before: object, after: Record<string, unknown>): boolean {
  const cmdline = (before as { cmdline?: unknown }).cmdline;
  return Array.isArray(cmdline) && JSON.stringify(cmdline) !== JSON.stringify(after['cmdline']);
}

/** Cuts between characters, not within a surrogate pair. */
function cut(text: string, characters: number): string {
  if (text.length <= characters) return text;
  return `${text.slice(0, characters).replace(/[\ud800-\udbff]$/, '')}${mark}`;
}
