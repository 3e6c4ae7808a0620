import type { Ancestor } from '../../process.ts';
import { isNamed } from './ancestor.ts';

const cronDaemons: ReadonlySet<string> = new Set(['cron', 'crond', 'CRON', 'fcron', 'anacron']);

const loginDaemons: ReadonlySet<string> = new Set([
  'sshd',
  'sshd-session',
  'login',
  'dropbear',
  'in.telnetd',
  'gdm-session-wor',
  'lightdm',
  'sddm-helper',
]);

export const isCronDaemon = (ancestor: Ancestor): boolean => isNamed(ancestor, cronDaemons);

/** It lets people in. */
export const isLoginDaemon = (ancestor: Ancestor): boolean => isNamed(ancestor, loginDaemons);
