import { taskName } from '../printed.ts';

/** The kernel signals a process because a page that it had mapped is broken. */
export interface MemoryFailure {
  readonly pid: number;
  readonly comm: string;
  /** Lower-case hex without 0x; null where the line has an address instead. */
  readonly pfn: string | null;
  /** sending-sigbus, killing, forcibly-killing. */
  readonly action: string;
}

/**
 * mm/memory-failure.c (`MCE 0x…` before 4.x, without a colon), the machine check handler, and the
 * fault handlers of x86 and powerpc (`MCE: Killing c:P due to … fault at …`).
 */
const line =
  /^(?:Memory failure:|Memory error may not recovered:|MCE:?) (?:0x([0-9a-f]+): )?(Send(?:ing)? SIGBUS to|Killing|forcibly killing) (.*):(\d{1,10}) (?:(?:early )?due to hardware memory corruption|because of failure to unmap corrupted page)/s;

export function memoryFailure(text: string): MemoryFailure | null {
  if (!text.startsWith('M')) return null;
  const match = line.exec(text);
  const comm = match && taskName(match[3] ?? '');
  if (!match || comm === null) return null;
  return {
    pid: Number(match[4]),
    comm,
    pfn: match[1] ?? null,
    action: actionName(match[2] ?? ''),
  };
}

function actionName(printed: string): string {
  if (printed.endsWith('to')) return 'sending-sigbus';
  return printed.toLowerCase().replace(' ', '-');
}
