import type { RawEvent } from '../../../source.ts';
import { base, type Message } from '../message.ts';

const cancelled =
  /\*\*\* (?:JOB|STEP) (\S+) (?:STEPD TERMINATED )?ON \S+ (?:CANCELLED )?AT \S+(?: ([^*]*))?\*\*\*/;
const oom =
  /Detected \d+ oom[-_]kill events?(?:\(s\))? in (?:StepId=|step )([\w.+]+?)(?:\.? |\. |\.?$)/;
const overLimit = /(?:^|error: )(?:Job|Step) (\S+) exceeded memory limit \(.*\), being killed/;
const overLimitOnce = /(?:^|error: )Exceeded (?:job|step) memory limit at some point/;

/** slurmstepd, slurmd: a job or step was cancelled, ran out of time or of memory. */
export function slurmLine(message: Message): RawEvent | null {
  const { text } = message;
  const workload = (action: string, id: string | undefined): RawEvent => ({
    kind: 'workload',
    ...base(message),
    manager: 'slurm',
    action,
    workload: id ?? null,
    reason: text,
  });
  const ended = cancelled.exec(text);
  if (ended)
    return workload(ended[2]?.includes('DUE TO TIME LIMIT') ? 'time-limit' : 'cancelled', ended[1]);
  const memory = oom.exec(text) ?? overLimit.exec(text) ?? overLimitOnce.exec(text);
  return memory ? workload('oom', memory[1]) : null;
}
