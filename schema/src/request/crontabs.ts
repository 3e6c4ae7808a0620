import { commandLine } from './options.ts';
import { type Parse, targetsOf } from './request.ts';

const valued: ReadonlySet<string> = new Set(['-u', '-x', '-T']);

/** crontab(1): whose it is stands behind -u, else it is the user's own. */
export const crontab: Parse = (args) => {
  const line = commandLine(args, valued);
  if (line.has('-l', '-V', '-T', '-n', '-c')) return null;
  const owner = line.value('-u');
  const action = line.has('-e') ? 'edit' : line.has('-r') ? 'remove' : 'replace';
  return { of: 'crontab', action, targets: owner === null ? [] : targetsOf([owner]) };
};

/** Where cron, anacron, at and systemd's timers have their jobs. */
const places =
  /^\/(?:etc\/(?:ana)?cron|var\/spool\/(?:cron|at)\b|etc\/crontabs\/|(?:etc|usr\/lib|lib)\/systemd\/system\/.*\.timer)/;

/** An editor with such a file. */
export const editor: Parse = (args) => {
  const files = args.filter((word) => places.test(word));
  return files.length > 0 ? { of: 'crontab', action: 'edit', targets: targetsOf(files) } : null;
};
