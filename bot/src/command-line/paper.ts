import type { Paper } from '../terminal/print-reply.ts';

const plainWidth = 100;

/** How to print on `stream`: coloured and as wide as the terminal, or plain where it is none. */
export function paperOf(stream: NodeJS.WriteStream): Paper {
  return {
    colour: stream.isTTY === true && (stream.hasColors?.() ?? false),
    // What is piped on is not wrapped: a line is a fact there.
    width: stream.isTTY
      ? Math.min(stream.columns ?? plainWidth, plainWidth)
      : Number.MAX_SAFE_INTEGER,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

/** The same for tables: they have the whole width of the terminal. */
export function listPaperOf(stream: NodeJS.WriteStream): Paper {
  const paper = paperOf(stream);
  return stream.isTTY ? { ...paper, width: stream.columns ?? plainWidth } : paper;
}
