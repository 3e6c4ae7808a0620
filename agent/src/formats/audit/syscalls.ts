import type { Value } from './record/fields.ts';

/** The system calls that send a signal. */
const killCalls = [
  'kill',
  'tkill',
  'tgkill',
  'rt_sigqueueinfo',
  'rt_tgsigqueueinfo',
  'pidfd_send_signal',
] as const;
export type KillCall = (typeof killCalls)[number];

/** Their numbers in the order of `killCalls`, from the kernel's unistd.h of each architecture. */
const x86_64 = [62, 200, 234, 129, 297, 424];
const i386 = [37, 238, 270, 178, 335, 424];
const arm = [37, 238, 268, 178, 363, 424];
const generic = [129, 130, 131, 138, 240, 424];
const powerpc = [37, 208, 250, 177, 322, 424];
const s390 = [37, 237, 241, 178, 330, 424];

/** AUDIT_ARCH_* of linux/audit.h, and the names that `ausearch -i` prints. */
const architectures: Readonly<Record<string, readonly number[]>> = {
  c000003e: x86_64,
  x86_64,
  '40000003': i386,
  i386,
  '40000028': arm,
  '28': arm,
  arm,
  c00000b7: generic,
  aarch64: generic,
  c00000f3: generic,
  '400000f3': generic,
  riscv64: generic,
  c0000102: generic,
  loongarch64: generic,
  c0000015: powerpc,
  '80000015': powerpc,
  '14': powerpc,
  ppc: powerpc,
  ppc64: powerpc,
  ppc64le: powerpc,
  '80000016': s390,
  '16': s390,
  s390,
  s390x: s390,
};

/** x86-64 programs of the x32 ABI set this bit in the number. */
const x32Bit = 0x40000000;

/** Which kill call a SYSCALL record is; null when it is another call, or the architecture is unknown. */
export function killCall(arch: Value | undefined, syscall: Value | undefined): KillCall | null {
  const written = syscall?.text ?? '';
  if (!/^\d+$/.test(written)) return killCalls.find((name) => name === written) ?? null;
  const numbers = architectures[(arch?.text ?? '').toLowerCase()];
  if (!numbers) return null;
  const plain = Number(written);
  const number = numbers === x86_64 && plain >= x32Bit ? plain - x32Bit : plain;
  return killCalls[numbers.indexOf(number)] ?? null;
}

/** The argument that holds the signal. */
export function signalArgument(call: KillCall): 'a1' | 'a2' {
  return call === 'tgkill' || call === 'rt_tgsigqueueinfo' ? 'a2' : 'a1';
}
