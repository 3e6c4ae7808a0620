const warning = 40;
const pinoLevels: Record<number, string> = { 40: 'warning', 50: 'error', 60: 'fatal' };
const maxChars = 300;

/**
 * What of a part's log line belongs on the terminal: warnings and worse, in one short printable
 * line; null for the rest, which stands in the log file.
 */
export function shortForm(line: string): string | null {
  const text = line.startsWith('{') ? ofPino(line) : ofServer(line);
  return text === null ? null : printable(text);
}

function ofPino(line: string): string | null {
  try {
    const record = JSON.parse(line) as Record<string, unknown>;
    const level = Number(record['level']);
    if (level < warning) return null;
    const reason = [record['reason'], errorMessage(record['err'])].find(
      (each) => typeof each === 'string',
    );
    const what = String(record['msg'] ?? '');
    return `${pinoLevels[level] ?? 'error'}: ${what}${reason ? ` (${reason})` : ''}`;
  } catch {
    // Cut at the length limit, or no log line: shown as it is.
    return line;
  }
}

function errorMessage(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'message' in error ? error.message : null;
}

/** Postgres and nats-server mark how grave a line is; stacks of Node have no mark and are shown. */
function ofServer(line: string): string | null {
  if (/ (?:LOG|STATEMENT|DETAIL|HINT|NOTICE|ERROR|WARNING): |\[(?:INF|DBG|TRC|WRN)\]/.test(line)) {
    return null;
  }
  return /(?:FATAL|PANIC): |\[(?:ERR|FTL)\]|Error/.test(line) ? line : null;
}

const printable = (text: string) => text.replace(/\p{C}+/gu, ' ').slice(0, maxChars);
