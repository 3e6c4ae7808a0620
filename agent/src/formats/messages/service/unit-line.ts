import type { RawEvent } from '../../../source.ts';

type UnitFields = Omit<
  Extract<RawEvent, { kind: 'unit' }>,
  'kind' | 'source' | 'at' | 'bootUs' | 'id' | 'backfilled' | 'unit'
>;

/** What a message says of its unit; see the forms below. */
export type UnitFacts = UnitFields;

type Form = readonly [RegExp, (match: RegExpExecArray) => UnitFacts];

const exited =
  (state: string) =>
  (match: RegExpExecArray): UnitFacts => ({
    state,
    code: match[1] ?? null,
    status: Number(match[2]),
  });
const plain =
  (state: string, result: string | null = null) =>
  (): UnitFacts => ({ state, result });

/** systemd's src/core/unit.c, service.c, scope.c; before v226 the unit stands without a colon. */
const forms: readonly Form[] = [
  [/^[Mm]ain process exited, code=(\w+),? status=(\d{1,10})/, exited('process-exited')],
  [
    /^(?:[Cc]ontrol|Mount|Swap) process exited, code=(\w+),? status=(\d{1,10})/,
    exited('control-process-exited'),
  ],
  [
    /^Failed with result '([\w-]+)'\.?$/,
    (match) => ({ state: 'failed', result: match[1] ?? null }),
  ],
  [/^(?:Unit )?entered failed state\.?$/, plain('failed')],
  [/^(?:Succeeded|Deactivated successfully)\.$/, plain('stopped', 'success')],
  [/^Watchdog timeout|^watchdog timeout/, plain('watchdog', 'watchdog')],
  [/^(?:State '[\w-]+'|[\w-]+(?: operation)?) timed out[.,]/, plain('timeout', 'timeout')],
  [/^(?:Service|Scope) reached runtime time limit\. Stopping\.$/, plain('timeout', 'timeout')],
  [
    /^Killing process (\d{1,10}) \((.*)\) with signal (SIG\S+?)\.?$/s,
    (match) => ({
      state: 'killing',
      pid: Number(match[1]),
      comm: match[2] ?? null,
      status: match[3] ?? null,
    }),
  ],
  [
    /^Sen(?:t|ding) signal (SIG\S+) to (?:(?:main|control|\S+) )?process (\d{1,10}) \((.*)\) on client request\.$/s,
    (match) => ({
      state: 'kill-requested',
      pid: Number(match[2]),
      comm: match[3] ?? null,
      status: match[1] ?? null,
    }),
  ],
  [/^A process of this unit has been killed by the OOM killer\.$/, plain('oom')],
  [/^The kernel OOM killer killed some processes in this unit\.$/, plain('oom')],
  [/^systemd-oomd killed (?:some|\d+) process\(es\) in this unit\.$/, plain('oom', 'oom-kill')],
  [/^Scheduled restart job, restart counter is at \d+\.$/, plain('restarting')],
  [
    /^(?:Service )?(?:RestartSec=.{1,40} expired|hold-?off time over), scheduling restart\.?$/,
    plain('restarting'),
  ],
  [/^Failed at step [A-Z_0-9]+ spawning /, plain('exec-failed')],
  [/^(?:Start request repeated|start request repeated) too quickly/, plain('start-limit-hit')],
];

/** What `text` says of the unit that was named before it; null when nothing of interest. */
export function unitFacts(text: string): UnitFacts | null {
  for (const [form, facts] of forms) {
    const match = form.exec(text);
    if (match) return facts(match);
  }
  return null;
}

const unitTypes =
  'service|scope|slice|socket|mount|automount|swap|target|timer|path|device|snapshot|busname';
export const unitName = new RegExp(`^[\\w:.\\\\@+-]+\\.(?:${unitTypes})$`);

const jobs: Readonly<Record<string, string>> = {
  Starting: 'starting',
  Started: 'started',
  Stopping: 'stopping',
  Stopped: 'stopped',
  Reloading: 'reloading',
  Restarting: 'restarting',
};
const job = /^(Starting|Started|Stopping|Stopped|Restarting) (\S+?)(?: - .*)?(?:\.\.\.|…|\.)?$/s;

/** `Stopping nginx.service - A web server...` (since v250); older ones print the description alone. */
export function unitJob(text: string): { unit: string; state: string } | null {
  const match = job.exec(text);
  const unit = match?.[2] ?? '';
  const state = jobs[match?.[1] ?? ''];
  return state && unitName.test(unit) ? { unit, state } : null;
}
