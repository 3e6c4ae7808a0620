export interface Screen {
  /** A line of ours. */
  say(text: string): void;
  /** A line of a part; the same text is shown once in half a minute. */
  ofPart(part: string, text: string): void;
}

const repeatAfterMs = 30_000;
const rememberedTexts = 200;

/** Plain lines on standard output. A terminal that is gone is no error: the logs have it all. */
export function screen(out: NodeJS.WriteStream): Screen {
  out.on('error', () => undefined);
  const shown = new Map<string, number>();
  // While somebody types at a prompt, a line begins at the left edge and clears what stands there.
  const put = (text: string) => out.write(out.isTTY ? `\r\x1b[K${text}\n` : `${text}\n`);
  return {
    say: (text) => void put(`coroner: ${text}`),
    ofPart(part, text) {
      const key = `${part} ${text}`;
      const now = Date.now();
      if (now - (shown.get(key) ?? 0) < repeatAfterMs) return;
      if (shown.size >= rememberedTexts) shown.clear();
      shown.set(key, now);
      put(`${part}: ${text}`);
    },
  };
}
