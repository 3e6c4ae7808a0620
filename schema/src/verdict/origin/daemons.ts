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

const root = 0;
/** Debian's atd runs as `daemon` while it waits. */
const daemon = 1;

/**
 * The place of the daemon that started a scheduled job; -1 where there is none. Anybody may call a
 * shell `cron`: the daemon is root's, and nobody logged in to start it.
 */
export function scheduler(
  lineage: readonly Ancestor[],
  isDaemon: (ancestor: Ancestor) => boolean,
): number {
  return lineage.findIndex((ancestor, place) => {
    const { uid } = ancestor;
    const isRoots = uid == null || uid === root || (uid === daemon && isDaemon === isAtDaemon);
    return isRoots && isDaemon(ancestor) && !lineage.slice(place + 1).some(isLoginDaemon);
  });
}

/** It lets people in. */
export const isLoginDaemon = (ancestor: Ancestor): boolean => isNamed(ancestor, loginDaemons);

export const isAtDaemon = (ancestor: Ancestor): boolean => isNamed(ancestor, atDaemons);

/** It keeps terminals that people come back to; tmux calls its server `tmux: server`. */
export const isMultiplexer = (ancestor: Ancestor): boolean => isMultiplexerName.test(ancestor.comm);
