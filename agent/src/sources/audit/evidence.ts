import { requested } from '@coroner/schema/request/requested';
import type { RawEvent } from '../../source.ts';

/**
 * Hosts audit all kinds of things; of the records without a kind of their own only seccomp's end a
 * process, and only commands that ask for an end have others do it.
 */
export function isEvidence(event: RawEvent): boolean {
  if (event.kind !== 'audit-record') return true;
  return event.types.includes('SECCOMP') || requested(event.cmdline ?? []) !== null;
}
