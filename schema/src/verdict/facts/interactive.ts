import type { Process } from '../../process.ts';
import { isShell, takesInput } from '../origin/shell.ts';

/** Languages whose interpreter is a prompt where it is given no program. */
const interpreters =
  /^(?:i?python[\d.]*|node|irb|i?ruby[\d.]*|php[\d.]*|lua[\d.]*|perl|R|julia|ghci?|erl|iex|beam\.smp|scala|jshell|bc|dc)$/;
/** Programs that a person talks to: Ctrl-C there drops a line or a query, and they go on. */
const conversations: ReadonlySet<string> = new Set([
  ...['psql', 'mysql', 'mariadb', 'sqlite3', 'redis-cli', 'mongo', 'mongosh', 'clickhouse-clie'],
  ...['cqlsh', 'sqlplus', 'gdb', 'lldb', 'ftp', 'sftp', 'lftp', 'telnet', 'ssh', 'mosh-client'],
  ...['vi', 'vim', 'nvim', 'nano', 'emacs', 'less', 'more', 'man', 'top', 'htop', 'mc', 'tmux'],
]);

/**
 * Whether somebody may be at its prompt, where SIGINT and SIGQUIT end a command and not the program.
 * A shell whose argv is not known may be such a one.
 */
export function isInteractive(process: Process): boolean {
  const name = process.comm.replace(/^-/, '');
  if (conversations.has(name)) return true;
  return (isShell(name) || interpreters.test(name)) && takesInput(process) !== false;
}
