import { printedAddress, taskName } from '../printed.ts';

/** What a fault line says; null = not printed. */
export interface Fault {
  readonly pid: number;
  readonly comm: string;
  /** segfault, general-protection, invalid-opcode, divide-error, … */
  readonly trap: string;
  readonly address: string | null;
  readonly ip: string | null;
  readonly sp: string | null;
  readonly error: number | null;
  readonly object: string | null;
}

type Printed = { readonly [name: string]: string | undefined };

const register = '(0x[0-9a-f]+|[0-9a-f]+|\\(n[a-z]+\\)?)';

/** arch/x86/mm/fault.c show_signal_msg; sparc has `(rpc …)`. 2.6 printed rip, eip. The end may be cut off. */
const segfault = new RegExp(
  `^(?<comm>.*)\\[(?<pid>\\d{1,10})\\]: segfault at +(?<address>${register}) [er]?ip:? +(?<ip>${register})(?: \\(rpc \\S+\\))?(?: [er]?sp:? +(?<sp>${register}))?(?: error:? ?(?<error>[0-9a-f]+)(?<rest>.*))?\\s*$`,
  's',
);
const trapNames =
  'divide error|debug|int3|overflow|bounds|invalid opcode|invalid operand|device not available|double fault|coprocessor segment overrun|invalid TSS|segment not present|stack segment|general protection(?: fault)?|control protection(?: fault)?|spurious interrupt|coprocessor error|fpu exception|alignment check|simd exception|iret exception|page fault';
/** arch/x86/kernel/traps.c and cet.c; before 2.6.28 without `traps: `. */
const trap = new RegExp(
  `^(?:traps: )?(?<comm>.*)\\[(?<pid>\\d{1,10})\\] (?:trap )?(?<trap>${trapNames}) [er]?ip: ?(?<ip>${register})(?: [er]?sp: ?(?<sp>${register})(?: ssp: ?\\S+)?)?(?: error: ?(?<error>[0-9a-f]+)(?:\\([\\w /-]{1,40}\\)(?: in enclave)?)?(?<rest>.*))?\\s*$`,
  's',
);
/** The stack that a signal handler returned to is no frame: x86, then arm64, powerpc and riscv. */
const badFrame = new RegExp(
  `^(?<comm>.*)\\[(?<pid>\\d{1,10})\\]:? bad frame in [\\w ]{1,40}?(?: frame)?: ?(?:frame=)?(?:(?:0x)?[0-9a-f]+ )?(?:(?:ip:|nip |pc=)(?<ip>${register}))?(?: (?:sp[:=](?<sp>${register})|lr [0-9a-f]+))?(?: orax:[0-9a-f]+)?(?<rest>.*)$`,
  's',
);
/** arm64 before 4.20, with the signal; since then `unhandled exception: CLASS, ESR 0x…, what`. */
const arm64Old =
  /^(?<comm>.*)\[(?<pid>\d{1,10})\]: unhandled (?<what>[a-z0-9 ]+?) \(\d+\) at (?<address>0x[0-9a-f]+), esr 0x[0-9a-f]+(?<rest>.*)$/s;
const arm64 =
  /^(?<comm>.*)\[(?<pid>\d{1,10})\]: unhandled exception: (?:[^,]*, ESR 0x[0-9a-f]+, )?(?<what>[\w/() -]+?)(?<rest> in .*)?$/s;
/** arm64 and arm: `a[5]: undefined instruction: pc=…`, `a (5): undefined instruction: pc=…`. */
const armUndefined =
  /^(?<comm>.*)(?:\[| \()(?<pid>\d{1,10})[\])]: undefined instruction: pc=(?<ip>[0-9a-f]+)/s;
/** arch/powerpc/kernel/traps.c. */
const powerpc =
  /^(?<comm>.*)\[(?<pid>\d{1,10})\]: (?<what>segfault|bus error|floating point exception|illegal instruction|unhandled signal)(?: \(?(?<signal>\d+)\)?) at (?<address>[0-9a-f]+) nip (?<ip>[0-9a-f]+) lr [0-9a-f]+ code [0-9a-f]+(?<rest>.*)$/s;
/** arch/riscv/kernel/traps.c. */
const riscv =
  /^(?<comm>.*)\[(?<pid>\d{1,10})\]: (?<what>unhandled signal) (?<signal>\d+) code 0x[0-9a-f]+ at (?<address>0x[0-9a-f]+)(?<rest>.*)$/s;

/**
 * ` in libc.so.6[28ca6,7f56+148000]` (with the offset into the file since 6.x), also alone on the
 * next line. The name is that of the mapped file.
 */
const mapped = /^ ?,? ?in (.+)\[(?:[0-9a-f]+,)?([0-9a-f]{1,16})\+([0-9a-f]{1,16})\]/s;
/** Two CPUs printed at once: `… error 4b[5]: segfault at …`. */
const glued = /^(.* error \d{1,2})([^\s[\d][^\s[]{0,15}\[\d{1,10}\]: segfault at .*)$/s;

/** The mapped file that a fault line names, and where it lies in memory. */
export interface Mapping {
  readonly object: string;
  readonly start: bigint;
  readonly bytes: bigint;
}

export const trapOfSignal: Readonly<Record<string, string>> = {
  '4': 'invalid-opcode',
  '5': 'breakpoint',
  '7': 'bus-error',
  '8': 'arithmetic',
  '11': 'segfault',
};

/** A fault line of any generation and architecture; null when the text is none. */
export function faultLine(text: string): Fault | null {
  if (text.includes(' bad frame in '))
    return fault(badFrame.exec(text.replace(/^traps: /, '')), () => 'bad-frame');
  if (text.includes(']: segfault at')) return fault(segfault.exec(text), () => 'segfault');
  if (
    text.includes('] trap ') ||
    text.includes('] general protection') ||
    text.includes('] control protection') ||
    text.startsWith('traps: ')
  )
    return fault(trap.exec(text), (printed) => trapName(printed['trap'] ?? ''));
  if (text.includes(']: unhandled exception: '))
    return fault(arm64.exec(text), (printed) => faultName(printed['what'] ?? ''));
  if (text.includes(': undefined instruction: pc='))
    return fault(armUndefined.exec(text), () => 'invalid-opcode');
  if (text.includes(' nip ')) return fault(powerpc.exec(text), signalTrap);
  if (text.includes(']: unhandled signal ')) return fault(riscv.exec(text), signalTrap);
  if (text.includes(']: unhandled '))
    return fault(arm64Old.exec(text), (printed) => faultName(printed['what'] ?? ''));
  return null;
}

/** The texts of the fault lines that a console printed as one. */
export function faultTexts(text: string): readonly string[] {
  const parts = text.includes(' error ') ? glued.exec(text) : null;
  return parts ? [parts[1] ?? '', parts[2] ?? ''] : [text];
}

/** The mapped file, where it was printed on a line of its own. */
export function mappedFile(text: string): Mapping | null {
  const match = text.includes('in ') ? mapped.exec(text) : null;
  if (!match) return null;
  const [, object = '', start, bytes] = match;
  return { object, start: BigInt(`0x${start}`), bytes: BigInt(`0x${bytes}`) };
}

/** ` in libc.so.6` at the end of the line, its mapping cut off. */
function cutObject(rest: string): string | null {
  return /^ in ([^\s[]+)\s*$/.exec(rest)?.[1] ?? null;
}

function fault(match: RegExpExecArray | null, name: (printed: Printed) => string): Fault | null {
  const printed = match?.groups;
  if (!printed) return null;
  const comm = taskName(printed['comm'] ?? '');
  if (comm === null) return null;
  const { error } = printed as Printed;
  return {
    pid: Number(printed['pid']),
    comm,
    trap: name(printed),
    address: printedAddress(printed['address']),
    ip: printedAddress(printed['ip']),
    sp: printedAddress(printed['sp']),
    error: error === undefined ? null : Number.parseInt(error, 16),
    object: mappedFile(printed['rest'] ?? '')?.object ?? cutObject(printed['rest'] ?? ''),
  };
}

function trapName(printed: string): string {
  if (printed === 'invalid operand') return 'invalid-opcode';
  return printed
    .replace(/ fault$/, '')
    .toLowerCase()
    .replaceAll(' ', '-');
}

function faultName(printed: string): string {
  if (/(?:translation|permission|access flag|page) fault|bad area|domain fault/.test(printed))
    return 'segfault';
  if (printed === 'undefined instruction') return 'invalid-opcode';
  return printed
    .replace(/ exception$/i, '')
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-');
}

function signalTrap(printed: Printed): string {
  return trapOfSignal[printed['signal'] ?? ''] ?? faultName(printed['what'] ?? '');
}
