import type { Cause } from '@coroner/schema/cause';
import { untilGone } from '../stage/processes.ts';
import { readyPid, stage } from '../stage/staged.ts';
import type { Variant } from '../variant.ts';

/** The victim runs on a terminal of its own, on which a key is typed or which is closed. */
const onTerminal = (cause: Cause, act: string, how: string): Variant => ({
  cause,
  name: `${act}, victim ${how}`,
  async run(lab) {
    const terminal = await stage(lab.programs.path('terminal'), [act, lab.nextVictim(), how]);
    const pid = await readyPid(terminal);
    terminal.go();
    await terminal.gone;
    await untilGone(pid);
    return { pid, actor: null };
  },
});

export const terminalVariants: readonly Variant[] = [
  onTerminal('terminal-interrupt', 'interrupt', 'sleep'),
  onTerminal('terminal-interrupt', 'interrupt', 're-raise-int'),
  onTerminal('terminal-interrupt', 'interrupt', 'catch-int'),
  onTerminal('terminal-interrupt', 'quit', 'sleep'),
  onTerminal('hangup', 'hangup', 'sleep'),
  onTerminal('hangup', 'hangup', 'catch-hup'),
  onTerminal('hangup', 'leave', 'sleep'),
];
