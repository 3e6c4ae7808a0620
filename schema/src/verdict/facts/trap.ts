/** arch/x86/kernel/traps.c: which signal a fault raises. */
const signals: Readonly<Record<string, string>> = {
  segfault: 'SIGSEGV',
  'general-protection': 'SIGSEGV',
  'stack-segment': 'SIGBUS',
  'segment-not-present': 'SIGBUS',
  'alignment-check': 'SIGBUS',
  'bus-error': 'SIGBUS',
  'invalid-opcode': 'SIGILL',
  'undefined-instruction': 'SIGILL',
  'divide-error': 'SIGFPE',
  'floating-point': 'SIGFPE',
  int3: 'SIGTRAP',
};

/** The signal of a fault by the kernel's word for it; null for a word that is not known. */
export function signalOfTrap(trap: string): string | null {
  return Object.hasOwn(signals, trap) ? (signals[trap] ?? null) : null;
}
