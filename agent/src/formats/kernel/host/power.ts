/** `Linux version 6.1.0 (build@host) …`, the first line of a boot: its release. */
export function bootedKernel(text: string): string | null {
  if (!text.startsWith('Linux version ')) return null;
  return /^Linux version (\d+\.\d+\S*) \(/.exec(text)?.[1] ?? null;
}

const endings: readonly [RegExp, string][] = [
  [/^(?:reboot: )?Restarting system(?:\.| with command|$)/, 'reboot'],
  [/^(?:reboot: )?Power down\.?$/, 'poweroff'],
  [/^(?:reboot: )?System halted\.?$/, 'halt'],
  [/^(?:kexec(?:_core)?: )?Starting new kernel$/, 'kexec'],
];

/** kernel/reboot.c: how this boot ends, as the last line of the kernel. */
export function shutdownKind(text: string): string | null {
  if (!/^(?:reboot: |Restarting|Power down|System halted|kexec|Starting new)/.test(text))
    return null;
  return endings.find(([pattern]) => pattern.test(text.trimEnd()))?.[1] ?? null;
}
