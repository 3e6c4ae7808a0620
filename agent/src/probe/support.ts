import { existsSync, readFileSync } from 'node:fs';
import { release } from 'node:os';
import type { SourceStatus } from '@coroner/schema/wire/heartbeat';
import { ensureBpfFs } from './kernel/bpf-fs.ts';
import { libbpf } from './native/libbpf.ts';

const btfPath = '/sys/kernel/btf/vmlinux';
const capability = { sysAdmin: 21n, perfmon: 38n, bpf: 39n } as const;
const oldest = { major: 5, minor: 8 } as const;

/**
 * What this host offers to the probe, without loading it; `pinned` asks for a bpf file system too.
 * `partial`: the kernel had no place for the program that sees refused signals.
 */
export function probeSupport(pinned: boolean, partial: boolean): SourceStatus {
  const missing = missingPart();
  if (missing) return { source: 'probe', state: 'missing', ...missing };
  const lacks = partial ? '; signals that were refused (EPERM) are not seen' : '';
  const kernel = `kernel ${release()} with BTF, libbpf 1${lacks}`;
  const unpinned = pinned ? ensureBpfFs() : null;
  if (unpinned)
    return {
      source: 'probe',
      state: 'degraded',
      why: `${kernel}; deaths while the agent is down are not recorded: ${unpinned}`,
      enable: 'mount -t bpf bpf /sys/fs/bpf',
    };
  return { source: 'probe', state: 'available', why: kernel };
}

function missingPart(): { why: string; enable: string } | null {
  const [major = 0, minor = 0] = release().split('.').map(Number);
  if (major < oldest.major || (major === oldest.major && minor < oldest.minor))
    return {
      why: `kernel ${release()} has no BPF ring buffer`,
      enable: 'a kernel of version 5.8 or later',
    };
  if (!existsSync(btfPath))
    return {
      why: `the kernel has no type information (${btfPath})`,
      enable: 'a kernel built with CONFIG_DEBUG_INFO_BTF=y',
    };
  if (!mayLoad())
    return {
      why: 'no permission to load BPF programs',
      enable: 'run the agent as root, or with CAP_BPF and CAP_PERFMON',
    };
  try {
    libbpf();
  } catch (error) {
    return {
      why: error instanceof Error ? error.message : String(error),
      enable: 'apt-get install libbpf1',
    };
  }
  return null;
}

function mayLoad(): boolean {
  const status = readFileSync('/proc/self/status', 'latin1');
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? '0'}`);
  const has = (bit: bigint) => ((effective >> bit) & 1n) === 1n;
  return has(capability.sysAdmin) || (has(capability.bpf) && has(capability.perfmon));
}
