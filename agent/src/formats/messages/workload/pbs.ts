import type { RawEvent } from '../../../source.ts';
import { base, type Message } from '../message.ts';

type Form = readonly [action: string, RegExp];

/** PBS and Torque, into the output of the job. */
const forms: readonly Form[] = [
  ['time-limit', /^=>> PBS: job killed: (?:walltime|cput|ncpus) /],
  ['oom', /^=>> PBS: job killed: (?:mem|vmem|pmem|pvmem) /],
  ['cancelled', /^=>> PBS: job killed: (?:node \d+|deleted|signal)/],
];

/** A batch system ended the job whose output this is; the line does not name it. */
export function pbsLine(message: Message): RawEvent | null {
  for (const [action, form] of forms)
    if (form.test(message.text))
      return {
        kind: 'workload',
        ...base(message),
        ...{ manager: 'pbs', action, workload: null, reason: message.text },
      };
  return null;
}
