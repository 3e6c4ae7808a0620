import { accessSync, constants, readlinkSync } from 'node:fs';
import { endianness } from 'node:os';
import type { SourceStatus } from '@coroner/schema/wire/heartbeat';
import { tracingFolder } from './mount.ts';

/** PROC_PID_INIT_INO: the namespace whose pids the kernel traces. */
const hostNamespace = 'pid:[4026531836]';

const limits =
  'cannot tell a signal of a process from some of the kernel (si_code 0), so a sender is at most likely; ' +
  'command lines of short lives, exit codes, peak memory and ignored signals may be missing; a storm overruns its rings (counted)';

/** What this host offers to the fallback, without starting it. */
export function tracefsSupport(scoped: boolean): SourceStatus {
  const missing = missingPart(scoped);
  if (missing) return { source: 'tracefs', state: 'missing', ...missing };
  return {
    source: 'tracefs',
    state: 'degraded',
    why: limits,
    enable: 'the kernel probe: Linux 5.8 with BTF, and libbpf1',
  };
}

function missingPart(scoped: boolean): { why: string; enable: string } | null {
  if (scoped)
    return {
      why: 'it sees the whole machine, not one pid namespace',
      enable: 'do not set CORONER_SCOPE_PID_NAMESPACE',
    };
  if (endianness() !== 'LE')
    return { why: 'records of big-endian machines are not read', enable: 'use the kernel probe' };
  if (readlinkSync('/proc/self/ns/pid') !== hostNamespace)
    return {
      why: 'the kernel traces pids of the host, and this is another pid namespace',
      enable: 'run the agent in the pid namespace of the host',
    };
  const folder = tracingFolder();
  if (folder === null && process.geteuid?.() === 0) return null;
  try {
    accessSync(`${folder ?? '/sys/kernel/tracing'}/instances`, constants.W_OK);
    return null;
  } catch {
    return { why: 'tracefs may not be written', enable: 'run the agent as root' };
  }
}
