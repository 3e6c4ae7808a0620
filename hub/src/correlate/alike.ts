/** Programs that say nothing about what they run: their script does. */
const interpreters =
  /^(?:python|perl|ruby|node|nodejs|java|php|bash|dash|sh|zsh|deno|bun|lua)[\d.]*$/;

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

/** `kill -9 4121` → `kill -9 #`: process ids differ from host to host, options and names do not. */
export function commandPattern(cmdline: readonly string[]): string[] {
  const [program = '', ...rest] = cmdline;
  const pattern = rest.map((argument) => (/^-?\d{3,}$/.test(argument) ? '#' : argument));
  // As many as there are: `kill 1 2 3` here and `kill 4 5` there are one act.
  const once = pattern.filter((part, index) => part !== '#' || pattern[index - 1] !== '#');
  return [program.slice(program.lastIndexOf('/') + 1), ...once];
}
