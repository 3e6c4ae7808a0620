import type { Source } from '@coroner/schema/event/base';
import type { RawEvent } from '../../source.ts';
import { auditInLog } from '../audit/in-log.ts';
import { auditedEnd } from './fault/abnormal-end.ts';
import { faultLine, faultTexts } from './fault/fault.ts';
import { grsecurityEnd } from './fault/grsecurity.ts';
import { memoryFailure } from './fault/memory-failure.ts';
import { panicReader } from './fault/panic-reader.ts';
import { pendingCrashes } from './fault/pending-crashes.ts';
import { unnamedEnds } from './fault/unnamed-ends.ts';
import { bootedKernel, shutdownKind } from './host/power.ts';
import { sysrqLine } from './host/sysrq.ts';
import { isTrusted, type KernelLine, when } from './line.ts';
import { oomReader } from './oom/reader.ts';
import { wrappedLines } from './wrapped/wrapped-lines.ts';

export interface KernelLogParser {
  /** Takes the next line; returns the events that are complete now (often of an earlier line). */
  push(line: KernelLine): RawEvent[];
  /**
   * Releases what waits for a continuation line. Call it at the end, and live whenever the log is
   * drained; the context of an OOM report under way is kept.
   */
  flush(): RawEvent[];
}

const callerId = /^\[ *([TC]\d+)\] ?/;
const auditRecord = /^(?:audit: )?type=\d{4} audit\(/;

/**
 * Reads the kernel's log line by line: OOM kills, faults, memory failures, panics, sysrq, boots
 * and shutdowns, in the words of every kernel since 2.6. Lines whose facility is not kern are
 * passed over: user space can write any text into the ring.
 */
export function kernelLogParser(source: Source = 'kmsg'): KernelLogParser {
  const oom = oomReader(source);
  const panics = panicReader(source);
  const wrapped = wrappedLines();
  const audit = auditInLog(source);
  const crashes = pendingCrashes();
  const unnamed = unnamedEnds(source);
  let lastSak: number | null = null;

  return {
    push(line) {
      const out: RawEvent[] = [];
      if (typeof line.facility === 'number' && line.facility !== 0) return out;
      for (const whole of wrapped.push(line)) read(whole, out);
      return out;
    },
    flush() {
      const out: RawEvent[] = [];
      for (const whole of wrapped.flush()) read(whole, out);
      out.push(...crashes.release(), ...unnamed.flush(), ...oom.flush());
      out.push(...panics.flush(), ...audit.flush());
      return out;
    },
  };

  function read(printed: KernelLine, out: RawEvent[]): void {
    const called = callerId.exec(printed.text);
    const line = called?.[1] === undefined ? printed : { ...printed, caller: called[1] };
    const text = printed.text.slice(called?.[0].length ?? 0).trimEnd();
    if (text === '') return;
    if (crashes.name(text)) return;
    let isFault = false;
    for (const one of faultTexts(text)) {
      const fault = faultLine(one);
      if (!fault || !isFirstHand(line, fault.comm)) continue;
      isFault = true;
      out.push(...oom.flush(), ...crashes.hold({ kind: 'crash', source, ...when(line), ...fault }));
    }
    if (isFault) return;
    out.push(...crashes.release());
    if (unnamed.push(line, text, out)) return;
    if (oom.push(line, text, out) || panics.push(line, text, out)) return;
    const event = otherEvent(line, text);
    if (event) out.push(event);
    else if (auditRecord.test(text)) out.push(...audit.push(text, line.at));
  }

  function otherEvent(line: KernelLine, text: string): RawEvent | null {
    const base = () => ({ source, ...when(line) });
    const ended = auditedEnd(text);
    if (ended) return { ...ended.event, ...base(), at: line.at ?? ended.at };
    const secured = grsecurityEnd(text);
    if (secured) return { ...secured, ...base() };
    const failure = memoryFailure(text);
    if (failure) return { kind: 'memory-failure', ...base(), ...failure };
    const sysrq = sysrqLine(text);
    if (sysrq) {
      // A process of the session that also has the terminal open is named twice.
      if (sysrq.pid !== null && sysrq.pid === lastSak) return null;
      lastSak = sysrq.pid;
      return { kind: 'sysrq', ...base(), ...sysrq };
    }
    const kernel = bootedKernel(text);
    if (kernel) return { kind: 'boot', ...base(), kernel, host: line.host ?? null };
    const how = shutdownKind(text);
    if (how && (isTrusted(line) || text.startsWith('reboot: ')))
      return { kind: 'shutdown', ...base(), how, host: line.host ?? null };
    return null;
  }
}

/** TASK_COMM_LEN without its NUL. */
const longestComm = 15;
const level = /^\W?(?:ERROR|WARN|WARNING|INFO|NOTICE|DEBUG|TRACE|FATAL|CRITICAL)\b/i;

/**
 * Where nothing says that the kernel wrote it, `app[5]: evil[1]: segfault …` is a program's text,
 * and so is a name that no task can have, or that begins as lines of logs do.
 */
function isFirstHand(line: KernelLine, comm: string): boolean {
  if (isTrusted(line)) return true;
  return !/\[\d+\]: /.test(comm) && !level.test(comm) && Buffer.byteLength(comm) <= longestComm;
}
