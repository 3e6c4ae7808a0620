/** Where the fields of `struct utmp` lie, utmp(5), bits/utmp.h of glibc and utmpx.h of musl. */
export interface Layout {
  readonly sizeBytes: number;
  readonly littleEndian: boolean;
  /** Bytes of tv_sec and tv_usec each; with 8 they and all after them lie further back. */
  readonly timeBytes: 4 | 8;
}

/**
 * 384: x86-64, i386, arm, s390x, ppc64, mips: 32-bit times for compatibility. 400: aarch64,
 * riscv64, loongarch64, alpha, and every musl; 396 is musl on i386, which aligns to 4.
 */
export const layouts: readonly Layout[] = [
  { sizeBytes: 384, littleEndian: true, timeBytes: 4 },
  { sizeBytes: 400, littleEndian: true, timeBytes: 8 },
  { sizeBytes: 384, littleEndian: false, timeBytes: 4 },
  { sizeBytes: 400, littleEndian: false, timeBytes: 8 },
  { sizeBytes: 396, littleEndian: true, timeBytes: 8 },
];

export const recordTypes = [
  'EMPTY',
  'RUN_LVL',
  'BOOT_TIME',
  'NEW_TIME',
  'OLD_TIME',
  'INIT_PROCESS',
  'LOGIN_PROCESS',
  'USER_PROCESS',
  'DEAD_PROCESS',
  'ACCOUNTING',
] as const;
export type RecordType = (typeof recordTypes)[number];
