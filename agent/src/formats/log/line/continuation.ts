import type { Entry } from './entry.ts';

/** The shortest that journalctl and syslog put before a message. */
const shortestPrefix = 16;
/** What ends a quoted log in a text: an empty line, a fence of Markdown, a prompt, syslogd's broadcast. */
const ending =
  /^\s*(?:```.*|~~~.*|\S{0,80}[#$%] .*|\S{1,80} login: .*|Message from syslogd@\S+ at .*)?$/;
/** Docker and CRI runtimes put each line of a message into one of their own. */
const wrapped = /^(?:\{"log":"|\S{20,40} std(?:out|err) [FP])/;
/** A sentence that announces the kernel's log. */
const heading = /^\S.*\b(?:dmesg|kernel|kern\.log|syslog|journal|journalctl|console)\b.*:\s*$/i;
const kernelBoots = /^\s*Linux version \d/;

/**
 * Finds the further lines of what a program wrote: whatever they look like, the kernel did not
 * write them. journalctl indents them to where the message began; loggers print them as they are.
 */
export function continuations() {
  /** Column at which the last program's message began. */
  let column: number | null = null;
  /** The last dated line was a program's. */
  let isOpen = false;
  /** It came by way of syslog, which leaves no newline in a message: what has a time is another line. */
  let isSyslog = false;
  /** The log is a console: the kernel's lines stand between those of programs. */
  let isConsole = false;

  return {
    /** The entry as it is to be read; null when it is a part of another message. */
    of(line: string, entry: Entry): Entry | null {
      const indent = line.search(/\S/);
      if (column !== null && indent >= column) return null;
      if (indent >= 0) column = null;
      if (entry.kernel === 'yes' && entry.stamp?.time) {
        isOpen = false;
        return entry;
      }
      // User space's lines in the ring are the kernel's neighbours.
      if (entry.kernel === 'no' && entry.stamp?.time === null && entry.stamp.bootUs !== null) {
        isOpen = false;
        isConsole = true;
        return entry;
      }
      if (entry.kernel === 'no' && wrapped.test(line)) return entry;
      if (entry.kernel === 'no' && entry.stamp !== null) {
        isOpen = true;
        isSyslog = entry.host !== null && entry.tag !== null && entry.stamp.ofProgram !== true;
        const start = line.endsWith(entry.text) ? line.length - entry.text.length : 0;
        column = start >= shortestPrefix ? start : null;
        return entry;
      }
      if (isOpen && (ending.test(line) || heading.test(line))) isOpen = false;
      if (isOpen && line.startsWith('\t')) return null;
      const isKernelLike = entry.stamp !== null || kernelBoots.test(line);
      if (isKernelLike && (!isOpen || isConsole || (isSyslog && entry.stamp !== null))) {
        isConsole = true;
        isOpen = false;
      }
      return isOpen ? { ...entry, kernel: 'no' } : entry;
    },
  };
}
