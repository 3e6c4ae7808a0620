import { z } from 'zod';
import type { Message } from '../message.ts';
import { type Privilege, privilege } from './privilege.ts';

const cookie = '@cee:';
const Accepted = z.object({
  sudo: z.object({
    accept: z.object({
      submituser: z.string(),
      runuser: z.string().nullish(),
      command: z.string(),
      runargv: z.array(z.string()).min(1).nullish(),
      submitcwd: z.string().nullish(),
      ttyname: z.string().nullish(),
    }),
  }),
});

/** sudo 1.9.4 with `log_format=json` (sudoers(5), "EVENT LOGGING"); null for what was refused. */
export function sudoJson(message: Message): Privilege | null {
  if (!message.text.startsWith(cookie)) return null;
  const said = Accepted.safeParse(parsed(message.text.slice(cookie.length))).data?.sudo.accept;
  if (!said) return null;
  const [, ...rest] = said.runargv ?? [];
  return {
    ...privilege(message, said.submituser, said.runuser ?? null),
    tty: said.ttyname?.replace(/^\/dev\//, '') ?? null,
    cwd: said.submitcwd ?? null,
    command: [said.command, ...rest].join(' '),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Cut at syslog's limit.
    return null;
  }
}
