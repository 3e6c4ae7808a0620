import { commandLine } from './options.ts';
import type { Parse } from './request.ts';

const none: ReadonlySet<string> = new Set();

/** shutdown(8): `[-h|-r|-H|-P] [now|+MINUTES|HH:MM] [WALL…]`, `-c` calls it off, `-k` only warns. */
export const shutdown: Parse = (args) => {
  const line = commandLine(args, none);
  if (line.has('-k', '--show')) return null;
  const action = line.has('-r', '--reboot')
    ? 'reboot'
    : line.has('-H', '--halt')
      ? 'halt'
      : 'poweroff';
  if (line.has('-c')) return { of: 'host', action: 'shutdown', targets: [], callsOff: true };
  // Without a time it is in a minute.
  return { of: 'host', action, targets: [], when: line.words[0] ?? '+1' };
};

/** halt(8), poweroff(8), reboot(8); `-w` writes a record and no more. */
export const powerOff =
  (action: string): Parse =>
  (args) => {
    const line = commandLine(args, none);
    if (line.has('-w', '--wtmp-only', '--help')) return null;
    return { of: 'host', action, targets: [] };
  };

const runLevels: Readonly<Record<string, string>> = { '0': 'poweroff', '6': 'reboot' };

/** init(8), telinit(8) with the run level in which the host is down. */
export const telinit: Parse = (args) => {
  const [level = ''] = args.filter((word) => !word.startsWith('-'));
  const action = Object.hasOwn(runLevels, level) ? runLevels[level] : undefined;
  return action ? { of: 'host', action, targets: [] } : null;
};
