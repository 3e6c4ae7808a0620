import type { EventOf } from '../../event/event.ts';
import type { Facts } from '../facts/facts.ts';
import { near } from '../facts/nearby.ts';
import { isFault } from '../facts/sender.ts';
import { command } from '../words/command.ts';
import { printable } from '../words/printable.ts';
import { timeInWords } from '../words/victim.ts';
import type { Finding, Rule } from './rule.ts';

/** EXIT_EXEC of systemd.exec(5). */
const serviceExec = 203;
const notExecutable = 126;
const notFound = 127;
const unitWithinMs = 10_000;

/** The program that it was to become could not be executed. */
export const execFailed: Rule = {
  find: (facts) => pastReturn(facts) ?? ofService(facts) ?? ofShell(facts),
};

/** Beyond the point of no return there is no old program to go back to: the kernel ends the process. */
function pastReturn({ death, signal, victim }: Facts): Finding | null {
  if (death.exec !== 'failed' || !signal || !isFault(signal)) return null;
  return {
    cause: 'exec-failed',
    confidence: 'proven',
    clause: `was ended by ${signal.signal}${timeInWords(death.at)} because the program that it was to become could not be loaded (exec failed beyond the point of no return)`,
    actor: null,
    advice: victim.exe
      ? [
          `\`file ${printable(victim.exe)}\` tells whether it is cut off or of another architecture.`,
        ]
      : [],
  };
}

/** systemd's child exits so when execve(2) fails; its name is that of the program in brackets. */
function ofService({ death, victim, evidence }: Facts): Finding | null {
  if (death.exit.code !== serviceExec) return null;
  const isChild = victim.ancestry[0]?.comm === 'systemd' && /^\(.*\)$/.test(victim.comm);
  const said = near(evidence, 'unit', death, unitWithinMs).filter(
    (event) => event.unit === victim.unit && isExecFailure(event),
  );
  if (!isChild && said.length === 0) return null;
  return {
    cause: 'exec-failed',
    confidence: said.length > 0 ? 'proven' : 'likely',
    clause: `ended${timeInWords(death.at)} with code 203: systemd could not execute the program${victim.unit ? ` of unit ${printable(victim.unit)}` : ''}`,
    actor: null,
    cites: said,
    advice: victim.unit
      ? [
          `\`systemctl cat ${printable(victim.unit)}\` shows its ExecStart=: that program, or the interpreter in its first line, is not there or not executable.`,
        ]
      : [],
  };
}

const isExecFailure = ({ state, status }: EventOf<'unit'>): boolean =>
  state === 'exec-failed' || String(status ?? '').startsWith(String(serviceExec));

function ofShell({ death, victim }: Facts): Finding | null {
  const { code } = death.exit;
  if (death.exec !== 'never' || (code !== notFound && code !== notExecutable)) return null;
  const [parent] = victim.ancestry;
  const what = code === notFound ? 'was not found' : 'could not be executed';
  return {
    cause: 'exec-failed',
    confidence: 'likely',
    clause: `ended${timeInWords(death.at)} with code ${code} before it had become another program: what it was to execute ${what}`,
    actor: null,
    advice: parent?.cmdline
      ? [`What it was to run stands in ${command(parent)} (pid ${parent.pid}), which started it.`]
      : [],
  };
}
