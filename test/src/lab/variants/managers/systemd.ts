import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Cause } from '@coroner/schema/cause';
import type { Lab } from '../../lab.ts';
import type { Machine } from '../../stage/machine.ts';
import { pidNamed, untilGone } from '../../stage/processes.ts';
import { readyPid } from '../../stage/staged.ts';
import type { Variant } from '../../variant.ts';

/** Ends it; the pid of whoever asked systemd for it. */
type Act = (machine: Machine, unit: string) => Promise<number>;

interface Service {
  cause: Cause;
  name: string;
  how?: string;
  /** Further lines of its unit. */
  lines?: readonly string[];
  act?: Act;
  confidence?: Variant['confidence'];
}

/** A service of the machine's systemd, which sends the signal each time: the actor is who asked it to. */
const service = ({
  cause,
  name,
  how = 'sleep',
  lines = [],
  act,
  confidence,
}: Service): Variant => ({
  cause,
  name,
  confidence: confidence ?? 'proven',
  async run(lab) {
    const machine = await lab.machine();
    const { unit, pid } = await started(lab, machine, how, lines);
    const asked = await act?.(machine, unit);
    await untilGone(pid);
    return asked === undefined ? { pid, actor: machine.pid } : { pid, actor: asked, asked: true };
  },
});

async function started(lab: Lab, machine: Machine, how: string, lines: readonly string[]) {
  const path = lab.nextVictim();
  const unit = `${basename(path)}.service`;
  machine.start(unit, [`ExecStart=${path} ${how}`, ...lines]);
  return { unit, pid: await pidNamed(basename(path)) };
}

const stop: Act = (machine, unit) => machine.ask('systemctl', 'stop', unit);

/** systemd's child waits at the fifo that is its input, until the laboratory has seen its pid. */
const notThere: Variant = {
  cause: 'exec-failed',
  name: 'ExecStart of a program that is not there',
  confidence: 'likely',
  async run(lab) {
    const machine = await lab.machine();
    const name = lab.nextName();
    const fifo = join(lab.programs.folder, `${name}.fifo`);
    execFileSync('mkfifo', [fifo]);
    const input = `StandardInput=file:${fifo}`;
    machine.start(`${name}.service`, [`ExecStart=/nothing/${name}`, input]);
    // systemd names a child by the last eight characters of its program.
    const pid = await pidNamed(`(${name.slice(-8)})`);
    writeFileSync(fifo, '');
    await untilGone(pid);
    return { pid, actor: null };
  },
};

const session = (name: string, how: string): Variant => ({
  cause: 'session-ended',
  name,
  async run(lab) {
    const machine = await lab.machine();
    const path = lab.nextVictim();
    const scope = `session-${lab.nextName().split('-').at(-1)}.scope`;
    const run = ['--scope', '--quiet', `--unit=${scope}`, path, how];
    const staged = await machine.stage('systemd-run', ...run);
    await readyPid(staged);
    const pid = await pidNamed(basename(path));
    const actor = await machine.ask('systemctl', 'stop', scope);
    await untilGone(pid);
    return { pid, actor, asked: true };
  },
});

export const systemdVariants: readonly Variant[] = [
  service({ cause: 'service-stopped', name: 'systemctl stop', act: stop }),
  service({
    cause: 'service-stopped',
    name: 'systemctl stop, caught',
    how: 'catch-term',
    act: stop,
  }),
  service({
    cause: 'service-stopped',
    name: 'systemctl restart',
    act: (machine, unit) => machine.ask('systemctl', 'restart', unit),
  }),
  service({
    cause: 'service-stopped',
    name: 'systemctl stop with KillSignal=SIGINT',
    lines: ['KillSignal=SIGINT'],
    act: stop,
  }),
  service({
    cause: 'service-timeout',
    name: 'TimeoutStopSec of one that ignores SIGTERM',
    how: 'ignore-term',
    lines: ['TimeoutStopSec=1'],
    act: stop,
    confidence: 'likely',
  }),
  service({
    cause: 'service-timeout',
    name: 'WatchdogSec',
    lines: ['WatchdogSec=1'],
    confidence: 'likely',
  }),
  notThere,
  session('the scope of a login session is stopped', 'sleep'),
  session('the same, with one that ignores SIGTERM', 'ignore-term'),
];
