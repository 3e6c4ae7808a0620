import { bashTime, type Dialect } from './dialect.ts';

/** A command of a history file. */
export interface HistoryCommand {
  readonly command: string;
  /** Seconds since the epoch, as written; null where the file has no times. */
  readonly seconds: number | null;
  /** Line on which it begins, from 1. */
  readonly line: number;
}

/** Takes lines in order; gives a command when it is complete. */
export interface HistoryParser {
  line(text: string, number: number): HistoryCommand | null;
  end(): HistoryCommand | null;
}

/** A command of more lines or characters keeps its start. */
const longestCommandChars = 128 * 1024;

interface Open {
  seconds: number | null;
  line: number;
  parts: string[];
  chars: number;
}

export function createHistoryParser(dialect: Dialect): HistoryParser {
  let open: Open | null = null;
  const begin = (seconds: number | null, line: number): void => {
    open = { seconds, line, parts: [], chars: 0 };
  };
  const append = (text: string): void => {
    if (!open || open.chars > longestCommandChars) return;
    open.parts.push(text.slice(0, longestCommandChars));
    open.chars += text.length;
  };
  const close = (): HistoryCommand | null => {
    const done = open;
    open = null;
    const command = done?.parts.join('\n') ?? '';
    return done && command.trim() !== ''
      ? { command, seconds: done.seconds, line: done.line }
      : null;
  };
  const single = (text: string, number: number): HistoryCommand | null =>
    text.trim() === '' ? null : { command: text, seconds: null, line: number };

  const readers: Readonly<Record<Dialect, HistoryParser['line']>> = {
    plain(text, number) {
      // Times that HISTTIMEFORMAT brought later: each belongs to the next line.
      const time = bashTime.exec(text);
      if (time) {
        begin(Number(time[1]), number + 1);
        return null;
      }
      if (!open) return single(text, number);
      append(text);
      return close();
    },
    'bash-times'(text, number) {
      const time = bashTime.exec(text);
      if (time) {
        const done = close();
        begin(Number(time[1]), number + 1);
        return done;
      }
      append(text);
      return null;
    },
    'tcsh-times'(text, number) {
      const time = /^#\+(\d{1,11})$/.exec(text);
      if (time) {
        const done = close();
        begin(Number(time[1]), number + 1);
        return done;
      }
      append(text);
      return null;
    },
    zsh(text, number) {
      let rest = text;
      if (!open) {
        const start = /^: {1,10}(\d{1,11}):\d+;/.exec(text);
        begin(start ? Number(start[1]) : null, number);
        rest = text.slice(start?.[0].length ?? 0);
      }
      // A newline within the command is written with a backslash before it.
      const goesOn = /(?:^|[^\\])(?:\\\\)*\\$/.test(rest);
      append(goesOn ? rest.slice(0, -1) : rest);
      return goesOn ? null : close();
    },
    fish(text, number) {
      const start = /^- cmd: (.*)$/s.exec(text);
      if (start) {
        const done = close();
        begin(null, number);
        append(unescapeFish(start[1] ?? ''));
        return done;
      }
      const when = /^ {2}when: (\d{1,11})$/.exec(text);
      if (when && open) open.seconds = Number(when[1]);
      return null;
    },
  };
  return { line: readers[dialect], end: close };
}

/** fish writes a newline as `\n` and a backslash as `\\`. */
function unescapeFish(text: string): string {
  return text.replace(/\\([\\n])/g, (_all, character: string) => (character === 'n' ? '\n' : '\\'));
}
