/** Whose way of writing a history file is in. */
export type Dialect = 'plain' | 'bash-times' | 'tcsh-times' | 'zsh' | 'fish';

export interface HistoryFile {
  readonly dialect: Dialect;
  /** Name of the shell, where the path or the dialect tells. */
  readonly shell: string | null;
  readonly user: string | null;
}

/** Tells dialect, shell and user by the path, else by the first line that is not empty. */
export function historyFile(path: string, firstLine: string): HistoryFile {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const user = userOf(path);
  if (/fish/.test(name) || firstLine.startsWith('- cmd: ')) {
    return { dialect: 'fish', shell: 'fish', user };
  }
  if (/zsh|zhistory/.test(name) || /^: \d{1,11}:\d+;/.test(firstLine)) {
    return { dialect: 'zsh', shell: 'zsh', user };
  }
  if (/^#\+\d{1,11}$/.test(firstLine)) return { dialect: 'tcsh-times', shell: 'tcsh', user };
  const shell = /(?:^|[._-])(bash|ash|dash|ksh|sh|mksh)_?history/.exec(name)?.[1] ?? null;
  // bash joins the lines between times only when the file begins with one.
  if (bashTime.test(firstLine)) return { dialect: 'bash-times', shell: 'bash', user };
  return { dialect: 'plain', shell, user };
}

/** The line that bash writes before a command when HISTTIMEFORMAT is set. */
export const bashTime = /^#(\d{9,11})$/;

function userOf(path: string): string | null {
  if (/(?:^|\/)root\/[^/]*$|(?:^|\/)root\/\.(?:local|config)\//.test(path)) return 'root';
  return /(?:^|\/)home\/([^/]+)\//.exec(path)?.[1] ?? null;
}
