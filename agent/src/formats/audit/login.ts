import type { RawEvent } from '../../source.ts';
import type { Fields } from './record/fields.ts';
import type { AuditRecord } from './record/record.ts';
import { idName, idOf, knownText, numberOf, textOf, ttyOf } from './record/values.ts';

/** Programs that begin a person's session; sudo, su and cron open PAM sessions too, within one. */
const loginPrograms =
  /^(?:sshd(?:-session|-auth)?|login|remote|gdm[\w-]*|sddm[\w-]*|lightdm|xdm|kdm|lxdm|slim|greetd|xrdp-sesman|cockpit-session|vsftpd|proftpd|in\.\w+|dropbear|rlogind|telnetd|mingetty|agetty)$/;

const failures = new Set(['USER_LOGIN', 'USER_AUTH', 'USER_ERR']);

/** The login, logout or failed login that a USER_* record tells of; null when it tells of none. */
export function loginEvent(record: AuditRecord, at: string | null): RawEvent | null {
  const kind = kindOf(record);
  if (!kind) return null;
  const { own, enriched } = record;
  const inner = told(record);
  const address = knownText(inner.get('addr'));
  const service = programOf(record);
  return {
    kind,
    source: 'audit',
    at,
    user: userOf(record),
    tty: ttyOf(inner.get('terminal')),
    from: address ?? knownText(inner.get('hostname')),
    pid: numberOf(own.get('pid')),
    service,
    method: methodOf(inner.get('op')?.text),
    session: idOf(own.get('ses')),
    auid: idOf(own.get('auid')),
    auditUser: idName(own.get('auid'), enriched.get('AUID')),
    host: record.node,
    record: record.type,
    serial: record.serial,
  };
}

/** Some forwarders drop the `msg='…'` around what user space wrote. */
function told({ own, inner }: AuditRecord): Fields {
  return inner.size > 0 ? inner : own;
}

function kindOf(record: AuditRecord): 'login' | 'logout' | 'login-failed' | null {
  const { type } = record;
  const succeeded = resultOf(record);
  if (succeeded === false) return failures.has(type) ? 'login-failed' : null;
  if (succeeded !== true) return null;
  if (type === 'USER_LOGIN') return 'login';
  if (type === 'USER_LOGOUT') return 'logout';
  if (!loginPrograms.test(programOf(record) ?? '')) return null;
  if (type === 'USER_START') return 'login';
  return type === 'USER_END' ? 'logout' : null;
}

/** `res=success`, `res=1`, `result=Success`; null when the record does not say. */
function resultOf(record: AuditRecord): boolean | null {
  const inner = told(record);
  const text = (inner.get('res') ?? inner.get('result'))?.text.toLowerCase();
  if (text === undefined) return null;
  if (/^(?:success|yes|1)$/.test(text)) return true;
  return /^(?:failed|failure|fail|no|0)$/.test(text) ? false : null;
}

/** Base name of the program that wrote the record. */
function programOf(record: AuditRecord): string | null {
  const exe = textOf(told(record).get('exe'));
  return exe === null ? null : exe.slice(exe.lastIndexOf('/') + 1);
}

/** `acct` is a name; `id` a user id, of which only root's name is the same everywhere. */
function userOf(record: AuditRecord): string | null {
  const { enriched } = record;
  const inner = told(record);
  const account = textOf(inner.get('acct'));
  if (account !== null) return account;
  const id = inner.get('id');
  return idName(id, enriched.get('ID')) ?? (id !== undefined && idOf(id) === 0 ? 'root' : null);
}

/** sshd's `op=password`, `op=pubkey`; other operations are no method. */
function methodOf(operation: string | undefined): string | null {
  if (operation === 'pubkey' || operation === 'pubkey_auth') return 'publickey';
  return /^(?:password|gssapi|hostbased|keyboard-interactive|PAM:authentication)$/.test(
    operation ?? '',
  )
    ? (operation?.replace('PAM:authentication', 'pam') ?? null)
    : null;
}
