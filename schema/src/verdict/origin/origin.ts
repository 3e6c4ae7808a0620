import type { Event } from '../../event/event.ts';
import type { Process } from '../../process.ts';
import type { Reference } from './ancestor.ts';
import { atOrigin } from './at.ts';
import { cronOrigin } from './cron.ts';
import type { Found } from './found.ts';
import { loginOrigin } from './login.ts';
import { namedOrigin } from './named.ts';
import { timerOrigin } from './timer.ts';

/** What stands at the root of a process: a cron line, a person's session, a service, or nobody knows. */
export function originOf(
  process: Process,
  evidence: readonly Event[],
  reference: Reference,
): Found {
  return (
    cronOrigin(process, evidence, reference) ??
    atOrigin(process, evidence, reference) ??
    loginOrigin(process, evidence, reference) ??
    timerOrigin(process, evidence, reference) ?? { origin: namedOrigin(process), cites: [] }
  );
}
