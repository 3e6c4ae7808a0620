interface Kept {
  /** Such as `W/"…"`. */
  etag: string;
  /** What a 304 means. */
  text: string;
}

/** Who asks the same again and again need not be told it again. */
export interface UnchangedAnswers {
  known(url: string): Kept | undefined;
  keep(url: string, etag: string | null, text: string): void;
}

const mostAnswers = 32;
const longestText = 256 * 1024;

/** The last answers that had an ETag (RFC 9110, 8.8.3), by their URL; the oldest are let go. */
export function unchangedAnswers(): UnchangedAnswers {
  const kept = new Map<string, Kept>();
  return {
    known: (url) => kept.get(url),
    keep(url, etag, text) {
      kept.delete(url);
      if (etag === null || text.length > longestText) return;
      kept.set(url, { etag, text });
      const oldest = kept.size > mostAnswers ? kept.keys().next().value : undefined;
      if (oldest !== undefined) kept.delete(oldest);
    },
  };
}
