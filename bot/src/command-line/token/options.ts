import { NewToken } from '@coroner/schema/http/tokens';
import { spanMs } from '../span.ts';

/** What `coroner token create` takes, as it was typed. */
export interface CreateOptions {
  scope: string;
  for: string;
  json?: boolean;
}

/** The token that was asked for. Throws an Error that names the option that is wrong. */
export function tokenOf(name: string, { scope, for: lasts }: CreateOptions, now: Date): NewToken {
  const expiresAt =
    lasts === 'never' ? null : new Date(now.getTime() + spanMs('--for', lasts)).toISOString();
  const read = NewToken.safeParse({ name, scope, expiresAt });
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const option = { name: 'NAME', scope: '--scope', expiresAt: '--for' }[String(issue?.path[0])];
  throw new Error(`${option}: ${issue?.message}`);
}
