import type { Event } from '../../event/event.ts';
import type { Origin } from '../../http/answer.ts';
import type { Process } from '../../process.ts';
import { cronOrigin } from './cron.ts';
import { loginOrigin } from './login.ts';
import { namedOrigin } from './named.ts';

/** What stands at the root of a process: a cron line, a person's session, a service, or nobody knows. */
export function originOf(
  process: Process,
  evidence: readonly Event[],
  reference: { at: string | null; bootUs?: number | null | undefined },
): Origin {
  return (
    cronOrigin(process, evidence, reference) ??
    loginOrigin(process, evidence, reference) ??
    namedOrigin(process)
  );
}
