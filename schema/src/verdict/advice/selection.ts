import { signalNumber } from '../../signal.ts';

/** By what a command chose whom to end. */
export interface Selection {
  /** As one would type it, without its signal: `pkill -f python`. */
  shown: string;
  pattern: string;
  /** Any part of the command line counts (-f, or grep on the output of ps), not of the name alone. */
  isWholeLine: boolean;
}

/** Options of pkill(1) and pgrep(1) that take a value. */
const valued = /[uUgGPstFrqd]/;
const valuedLong =
  /^--(?:euid|uid|group|pgroup|parent|session|terminal|pidfile|runstates|queue|ns|nslist|cgroup|env|signal|delimiter)$/;

/** Null where it takes whole names (-x), or is given no pattern. */
export function selectionOf(argv: readonly string[]): Selection | null {
  const [program = '', ...args] = argv;
  const name = program.slice(program.lastIndexOf('/') + 1);
  return name === 'pkill' || name === 'pgrep' ? ofPkill(name, args) : null;
}

function ofPkill(name: string, args: readonly string[]): Selection | null {
  let isWholeLine = false;
  let pattern: string | null = null;
  for (let place = 0; place < args.length; place += 1) {
    const word = args[place] ?? '';
    if (!word.startsWith('-') || word === '-') pattern ??= word;
    else if (word.startsWith('--')) {
      if (word === '--exact') return null;
      if (word === '--full') isWholeLine = true;
      if (valuedLong.test(word)) place += 1;
    } else if (!isSignal(word)) {
      const letters = word.slice(1);
      const place_ = letters.search(valued);
      const flags = place_ < 0 ? letters : letters.slice(0, place_);
      if (flags.includes('x')) return null;
      if (flags.includes('f')) isWholeLine = true;
      if (place_ === letters.length - 1 && place_ >= 0) place += 1;
    }
  }
  if (pattern === null) return null;
  return { shown: `${name} ${isWholeLine ? '-f ' : ''}${pattern}`, pattern, isWholeLine };
}

const isSignal = (word: string): boolean => signalNumber(word.slice(1)) !== null;

const grep = /\bps\b[^|;]*\|\s*[ef]?grep\s+((?:-\w+\s+)*)("[^"]*"|'[^']*'|[^\s|)`]+)/;
const pgrep = /\b(pgrep\b[^|;)`]*)/;

/** What a shell chose for a `kill`, by its command: `kill $(ps aux | grep python | awk …)`. */
export function selectionIn(text: string): Selection | null {
  const found = grep.exec(text);
  const pattern = found?.[2]?.replace(/^["']|["']$/g, '').replace(/\[(\w)\]/, '$1');
  if (pattern && !found?.[1]?.includes('v'))
    return { shown: `ps | grep ${pattern}`, pattern, isWholeLine: true };
  const words = pgrep.exec(text)?.[1];
  return words === undefined ? null : selectionOf(words.trim().split(/\s+/));
}
