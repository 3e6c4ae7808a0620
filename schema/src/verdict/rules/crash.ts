import type { FatalSignal } from '../../event/death.ts';
import type { Facts } from '../facts/facts.ts';
import { near } from '../facts/nearby.ts';
import { isFault, namesSender } from '../facts/sender.ts';
import { printable } from '../words/printable.ts';
import { timeInWords } from '../words/victim.ts';
import type { Rule } from './rule.ts';

const faults: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  SIGSEGV: {
    1: 'it used an address that is not mapped',
    2: 'it used memory in a way that is not allowed there',
    4: 'a memory protection key forbade the access',
    128: 'a general protection fault',
  },
  SIGBUS: { 1: 'a misaligned access', 2: 'it used a page that its file does not have' },
  SIGILL: {},
  SIGFPE: { 1: 'an integer division by zero', 3: 'a floating-point division by zero' },
  SIGTRAP: {},
};
const memoryErrorCodes: ReadonlySet<number> = new Set([4, 5]);
const crashLineWithinMs = 5_000;

/** A fault that the process itself made: the kernel raised the signal while the victim ran. */
export const crash: Rule = {
  find(facts) {
    const { signal, death } = facts;
    if (!signal || !isCrash(signal)) return null;
    const line = faultLine(facts);
    const what = faults[signal.signal]?.[signal.code ?? 0] ?? line?.trap.replace(/-/g, ' ');
    const where = line?.object ? ` in ${printable(line.object)}` : '';
    const address = signal.address ? `, address 0x${signal.address}` : '';
    return {
      cause: 'crash',
      confidence: 'proven',
      clause: `crashed with ${signal.signal}${timeInWords(death.at)}${what ? `: ${what}` : ''}${where}${address}`,
      actor: null,
      cites: line ? [line] : [],
    };
  },
  ruledOut({ signal, death }) {
    if (!signal || !faults[signal.signal] || !namesSender(signal)) return [];
    return [
      {
        cause: 'crash',
        because: `no fault: ${death.exit.signal ?? signal.signal} was sent by a process (si_code ${signal.code})`,
      },
    ];
  },
};

function isCrash(signal: FatalSignal): boolean {
  if (!faults[signal.signal] || !isFault(signal)) return false;
  return !(signal.signal === 'SIGBUS' && memoryErrorCodes.has(signal.code ?? 0));
}

/** The kernel's line about it: its number is a thread's, so the name decides where the number is another. */
function faultLine({ evidence, death, victim }: Facts) {
  const lines = near(evidence, 'crash', death, crashLineWithinMs);
  return (
    lines.find((line) => line.pid === victim.pid) ??
    lines.find((line) => line.comm === victim.comm && (death.threads ?? 2) > 1)
  );
}
