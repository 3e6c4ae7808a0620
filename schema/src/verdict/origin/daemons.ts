import type { Ancestor } from '../../process.ts';
import { isNamed } from './ancestor.ts';

const cronDaemons: ReadonlySet<string> = new Set([
  'cron',
  'crond',
  'CRON',
  'fcron',
  'dcron',
  'cronie',
  'anacron',
]);

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

const atDaemons: ReadonlySet<string> = new Set(['atd']);

const isMultiplexerName = /^(?:tmux|screen|SCREEN|zellij|dtach|abduco)(?:$|[: ])/;

export const isCronDaemon = (ancestor: Ancestor): boolean => isNamed(ancestor, cronDaemons);

/** It lets people in. */
export const isLoginDaemon = (ancestor: Ancestor): boolean => isNamed(ancestor, loginDaemons);

export const isAtDaemon = (ancestor: Ancestor): boolean => isNamed(ancestor, atDaemons);

/** It keeps terminals that people come back to; tmux calls its server `tmux: server`. */
export const isMultiplexer = (ancestor: Ancestor): boolean => isMultiplexerName.test(ancestor.comm);
