import { constants } from 'node:os';
import { readyPid, stage } from '../stage/staged.ts';
import type { Variant } from '../variant.ts';

const { SIGKILL, SIGHUP, SIGINT, SIGALRM, SIGPROF, SIGPIPE, SIGXCPU } = constants.signals;

/** A BPF program sends it to the process in which it runs, so that the kernel seems to have a reason. */
const byProgram = (number: number): Variant => ({
  cause: 'unknown',
  name: `signal ${number} of a BPF program`,
  confidence: 'unknown',
  async run(lab) {
    const victim = await lab.victim('call-on');
    const args = [String(victim.pid), String(number)];
    const program = await stage(lab.programs.path('bpfSender'), args);
    await readyPid(program);
    victim.go();
    await victim.gone;
    program.child.stdin.end();
    await program.gone;
    return { pid: victim.pid, actor: null };
  },
});

export const bpfProgramVariants: readonly Variant[] = [
  SIGKILL,
  SIGHUP,
  SIGINT,
  SIGALRM,
  SIGPROF,
  SIGPIPE,
  SIGXCPU,
].map(byProgram);
