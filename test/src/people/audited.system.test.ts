import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { bootMachine } from '../lab/stage/machine.ts';
import { pidNamed } from '../lab/stage/processes.ts';
import { why } from '../stack/ask.ts';
import { startStack } from '../stack/stack.ts';
import { type Victims, victims } from '../victims/victims.ts';
import { type AuditDaemon, auditDaemon } from './audit-daemon.ts';

/** auditd runs: its record of the kill stands beside the kernel's, and makes up for what trace events leave open. */
let lab: Victims;
let audit: AuditDaemon;
beforeAll(async () => {
  lab = victims();
  audit = await auditDaemon();
});
afterAll(async () => {
  await audit?.stop();
  await lab?.clean();
});

it.each([
  ['the probe', {}],
  ['trace events', { CORONER_PROBE: 'off' }],
])('a kill that %s saw is proven, with the record of the audit log', async (_, environment) => {
  const stack = await startStack({ environment, mounts: audit.mounts });
  onTestFinished(() => stack.stop());
  const name = lab.name();
  const killed = lab.run(lab.program(name), ['rest']);
  await killed.up;
  const sender = await lab.send('/bin/kill', ['-9', `${killed.pid}`]);
  expect(await killed.end).toMatchObject({ signal: 'SIGKILL' });
  const isCited = ({ kind }: { kind: string }) => kind === 'kill-syscall';
  const { verdict, actor, evidence } = await why(stack, { process: name }, (answer) =>
    answer.evidence.some(isCited),
  );
  expect(verdict).toMatchObject({ cause: 'signal-from-process', confidence: 'proven' });
  expect(verdict.summary).toContain('; the audit log has the same');
  expect(actor?.pid).toBe(sender.pid);
  expect(evidence.find(isCited)).toMatchObject({
    source: 'audit',
    text: expect.stringContaining(`(pid ${sender.pid}) to pid ${killed.pid}`),
  });
});

it('without the probe, the audit log tells who may have asked systemd', async () => {
  const machine = await bootMachine(join(lab.folder, 'machine'), lab.name());
  onTestFinished(() => machine.stop());
  const environment = { CORONER_PROBE: 'off' };
  const stack = await startStack({ environment, mounts: audit.mounts });
  onTestFinished(() => stack.stop());
  const name = lab.name();
  machine.start(`${name}.service`, [`ExecStart=${lab.program(name)} rest`]);
  const pid = await pidNamed(name);
  const asker = await machine.ask('systemctl', 'stop', name);
  const told = `\`systemctl stop ${name}\` (pid ${asker}`;
  const { verdict, actor } = await why(stack, { pid }, (answer) =>
    answer.verdict.summary.includes(told),
  );
  expect(verdict.cause).toBe('service-stopped');
  // How the command ended is not on record there: it may have been refused.
  expect(actor?.pid).toBe(machine.pid);
});
