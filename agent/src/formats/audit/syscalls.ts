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
const mipsO32 = [4037, 4236, 4266, 4198, 4332, 4424];
const mipsN64 = [5060, 5192, 5225, 5127, 5291, 5424];
const mipsN32 = [6060, 6192, 6229, 6127, 6295, 6424];
const mips = [...mipsO32, ...mipsN64, ...mipsN32];
const sparc = [37, 187, 211, 106, 326, 424];
const alpha = [37, 381, 424, 356, 492, 534];
const ia64 = [1053, 1229, 1235, 1180, 1321, 1448];
const parisc = [37, 208, 259, 178, 317, 424];
const m68k = [37, 222, 265, 178, 331, 424];

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
  '8': mips,
  '40000008': mips,
  '80000008': mips,
  a0000008: mips,
  c0000008: mips,
  e0000008: mips,
  mips,
  mips64: mips,
  '2': sparc,
  '8000002b': sparc,
  sparc,
  sparc64: sparc,
  c0009026: alpha,
  alpha,
  c0000032: ia64,
  ia64,
  f: parisc,
  '8000000f': parisc,
  parisc,
  parisc64: parisc,
  '4': m68k,
  m68k,
};

/** x86-64 programs of the x32 ABI set this bit in the number. */
const x32Bit = 0x40000000;
/** The numbers of x32 alone, for the calls whose arguments differ. */
const x32Calls: Readonly<Record<number, KillCall>> = {
  524: 'rt_sigqueueinfo',
  536: 'rt_tgsigqueueinfo',
};

/** Architectures that number some signals in their own way; these mean the same everywhere. */
const ownSignals: ReadonlySet<readonly number[]> = new Set([mips, sparc, alpha, parisc]);
const everywhere: ReadonlySet<string> = new Set(
  ['HUP', 'INT', 'QUIT', 'ILL', 'TRAP', 'ABRT', 'FPE', 'KILL', 'SEGV', 'PIPE', 'ALRM', 'TERM'].map(
    (name) => `SIG${name}`,
  ),
);

/** Whether the number of a signal has the same name on `arch` as on x86. */
export function namesSignal(arch: Value | undefined, signal: string): boolean {
  const numbers = architectures[(arch?.text ?? '').toLowerCase()];
  return numbers === undefined || !ownSignals.has(numbers) || everywhere.has(signal);
}

/** Which kill call a SYSCALL record is; null when it is another call, or the architecture is unknown. */
export function killCall(arch: Value | undefined, syscall: Value | undefined): KillCall | null {
  const written = syscall?.text ?? '';
  if (!/^\d+$/.test(written)) return killCalls.find((name) => name === written) ?? null;
  const numbers = architectures[(arch?.text ?? '').toLowerCase()];
  if (!numbers) return null;
  const plain = Number(written);
  if (numbers === x86_64 && plain >= x32Bit) {
    const number = plain - x32Bit;
    return x32Calls[number] ?? killCalls[x86_64.indexOf(number)] ?? null;
  }
  return killCalls[numbers.indexOf(plain) % killCalls.length] ?? null;
}

/** The argument that holds the signal. */
export function signalArgument(call: KillCall): 'a1' | 'a2' {
  return call === 'tgkill' || call === 'rt_tgsigqueueinfo' ? 'a2' : 'a1';
}
