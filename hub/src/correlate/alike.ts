/** Programs that say nothing about what they run: their script does. */
const interpreters =
  /^(?:python|perl|ruby|node|nodejs|java|php|bash|dash|sh|zsh|deno|bun|lua)[\d.]*$/;

/** TASK_COMM_LEN without its NUL. */
const longestComm = 15;

interface Program {
  comm: string;
  exe: string | null;
  cmdline: readonly string[];
}

/** What a process ran, the same on every host: its executable, of an interpreter also the script. */
export function programOf({ comm, exe, cmdline }: Program): string {
  const path = (exe ?? comm).replace(/ \(deleted\)$/, '');
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!interpreters.test(name)) return path;
  const script = cmdline.slice(1).find((argument) => argument !== '' && !argument.startsWith('-'));
  return script === undefined ? path : `${path} ${script}`;
}

/** By which a program is told apart on one host: its executable, or its name where logs know it by that alone. */
export function knownAs({ comm, exe }: Pick<Program, 'comm' | 'exe'>): string {
  const path = exe?.replace(/ \(deleted\)$/, '') ?? comm;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.slice(0, longestComm) === comm ? comm : path;
}

/** `kill -9 4121` → `kill -9 #`: process ids differ from host to host, options and names do not. */
export function commandPattern(cmdline: readonly string[]): string[] {
  const [program = '', ...rest] = cmdline;
  const pattern = rest.map((argument) => (/^-?\d{3,}$/.test(argument) ? '#' : argument));
  // As many as there are: `kill 1 2 3` here and `kill 4 5` there are one act.
  const once = pattern.filter((part, index) => part !== '#' || pattern[index - 1] !== '#');
  return [program.slice(program.lastIndexOf('/') + 1), ...once];
}
