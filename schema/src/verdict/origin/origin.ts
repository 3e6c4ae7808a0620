import type { Event } from '../../event/event.ts';
import type { Process } from '../../process.ts';
import { cronOrigin } from './cron.ts';
import type { Found } from './found.ts';
import { loginOrigin } from './login.ts';
import { namedOrigin } from './named.ts';

/** What stands at the root of a process: a cron line, a person's session, a service, or nobody knows. */
export function originOf(
  process: Process,
  evidence: readonly Event[],
  reference: { at: string | null; bootUs?: number | null | undefined },
): Found {
  return (
    cronOrigin(process, evidence, reference) ??
    loginOrigin(process, evidence, reference) ?? { origin: namedOrigin(process), cites: [] }
  );
}
