import type { Confidence } from '../../confidence.ts';
import type { Event } from '../../event/event.ts';
import type { Facts } from '../facts/facts.ts';
import { isKernelsWord, isUnrecorded, unitEvents } from '../facts/logged.ts';
import { near } from '../facts/nearby.ts';
import { signalOfTrap } from '../facts/trap.ts';
import { printable } from '../words/printable.ts';
import { timeInWords } from '../words/victim.ts';
import type { Finding, Rule } from './rule.ts';

const lineWithinMs = 5_000;
const coreWithinMs = 60_000;
const crashes: ReadonlySet<string> = new Set(['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGTRAP']);

/** Logs alone tell of a fault, an abort or a core: the kernel's line, systemd-coredump, audit, systemd. */
export const loggedCrash: Rule = {
  find(facts) {
    if (!isUnrecorded(facts)) return null;
    const told = tellers(facts);
    if (told.all.length === 0) return null;
    const signal = facts.death.exit.signal ?? told.signal;
    if (signal !== null && !crashes.has(signal) && signal !== 'SIGABRT' && signal !== 'SIGSYS')
      return null;
    if (signal === 'SIGABRT') return aborted(facts, told.all);
    const [line] = told.lines;
    const what = line ? `: ${line.trap.replace(/-/g, ' ')}` : '';
    const where = line?.object ? ` in ${printable(line.object)}` : '';
    return {
      cause: signal === 'SIGSYS' ? 'seccomp' : 'crash',
      confidence: confidenceOf(signal, told),
      clause: `crashed${signal ? ` with ${signal}` : ''}${timeInWords(facts.death.at)}${what}${where}, according to ${sourcesOf(told.all)}`,
      actor: null,
      cites: told.all,
    };
  },
};

/** A log does not say whether it raised the signal itself. */
function aborted(facts: Facts, cites: readonly Event[]): Finding {
  return {
    cause: 'abort',
    confidence: 'likely',
    clause: `aborted (SIGABRT)${timeInWords(facts.death.at)}, according to ${sourcesOf(cites)}`,
    actor: null,
    cites,
  };
}

function tellers(facts: Facts) {
  const { evidence, death, victim } = facts;
  const ofIt = (event: { pid: number }) => event.pid === victim.pid;
  const lines = near(evidence, 'crash', death, lineWithinMs)
    .filter((line) => ofIt(line) || line.comm === victim.comm)
    .sort((a, b) => Number(ofIt(b)) - Number(ofIt(a)))
    .slice(0, 1);
  const cores = near(evidence, 'coredump', death, coreWithinMs).filter(ofIt);
  const audits = near(evidence, 'abnormal-end', death, lineWithinMs).filter(ofIt);
  const reports = near(evidence, 'reported-end', death, coreWithinMs).filter(
    ({ pid }) => pid === victim.pid,
  );
  const units = unitEvents(facts).filter(({ code }) => code === 'dumped');
  const signal =
    [...cores, ...audits, ...reports].find((event) => event.signal)?.signal ??
    lines.map((line) => signalOfTrap(line.trap)).find((name) => name !== null) ??
    null;
  return { lines, signal, all: [...lines, ...cores, ...audits, ...reports, ...units] };
}

/** Proven: the kernel's own word about a fault, or a fault line and an independent witness of the end. */
function confidenceOf(
  signal: string | null,
  { lines, all }: ReturnType<typeof tellers>,
): Confidence {
  if (signal === null) return 'possible';
  if (lines.some(isKernelsWord)) return 'proven';
  const witnesses = new Set(all.map((event) => event.kind));
  return lines.length > 0 && witnesses.size > 1 ? 'proven' : 'likely';
}

const names: Readonly<Record<string, string>> = {
  crash: "the kernel's log",
  coredump: 'systemd-coredump',
  'abnormal-end': 'the audit log',
  'reported-end': 'the log of its parent',
  unit: 'systemd',
};

function sourcesOf(events: readonly Event[]): string {
  return [...new Set(events.map((event) => names[event.kind] ?? event.kind))].join(' and ');
}
