import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bootMachine, type Machine } from '../lab/stage/machine.ts';
import { pidNamed } from '../lab/stage/processes.ts';
import { get, why } from '../stack/ask.ts';
import { type Stack, startStack } from '../stack/stack.ts';
import { until } from '../stack/until.ts';
import { type Victims, victims } from '../victims/victims.ts';
import { type SshServer, sshServer } from './ssh-server.ts';

/** A person asks systemd to stop a service: systemd sends the signal, the answer names the person. */
let stack: Stack;
let lab: Victims;
let server: SshServer;
let machine: Machine;
beforeAll(async () => {
  lab = victims();
  server = await sshServer(lab.name('cor'));
  machine = await bootMachine(join(lab.folder, 'machine'), lab.name());
  stack = await startStack();
});
afterAll(async () => {
  await machine?.stop();
  await server?.stop();
  await lab?.clean();
  await stack?.stop();
});

async function service() {
  const name = lab.name();
  machine.start(`${name}.service`, [`ExecStart=${lab.program(name)} rest`]);
  await until('the service runs', () =>
    machine.run('systemctl', 'is-active', name).includes('active'),
  );
  return { name, pid: await pidNamed(name) };
}

const within = () => `nsenter --target ${machine.pid} --pid --mount --uts --ipc --net --`;

it('systemctl stop in a session, with sudo: who, from where, and how', async () => {
  const stopped = await service();
  const session = await server.login();
  session.type(`sudo ${within()} systemctl stop ${stopped.name}`);
  const { verdict, actor, death, evidence } = await why(
    stack,
    { pid: stopped.pid },
    (answer) => answer.actor?.comm === 'systemctl' && answer.actor.origin.type === 'login-session',
  );
  expect(death.unit).toBe(`${stopped.name}.service`);
  expect(verdict).toMatchObject({ cause: 'service-stopped', confidence: 'proven' });
  expect(verdict.summary).toMatch(
    /by systemd, which stopped it \(unit [^)]+\), most likely as asked [\d.]+ m?s before by `systemctl stop /,
  );
  const { name } = server.account;
  expect(verdict.summary).toContain(`run as root by ${name} (from ${server.from}, pts/`);
  expect(actor).toMatchObject({ confidence: 'likely', user: 'root', auditUser: name });
  expect(actor?.origin).toMatchObject({ type: 'login-session', user: name, from: server.from });
  expect(actor?.through).toMatchObject([{ name: 'sudo', from: name, to: 'root' }]);
  expect(evidence.map(({ kind }) => kind)).toContain('request');
});

it('who is refused is not named when systemd stops it for another reason', async () => {
  const stopped = await service();
  const needed = await service();
  // The one goes when the other does; nobody asks for it by name, but somebody who may not.
  const folder = `/proc/${machine.pid}/root/etc/systemd/system/${stopped.name}.service.d`;
  machine.run('mkdir', '-p', `/etc/systemd/system/${stopped.name}.service.d`);
  writeFileSync(`${folder}/bound.conf`, `[Unit]\nBindsTo=${needed.name}.service\n`);
  machine.run('systemctl', 'daemon-reload');
  const session = await server.login();
  const may = `setpriv --reuid ${server.account.uid} --clear-groups`;
  session.type(
    `sudo ${within()} ${may} systemctl --no-ask-password stop ${stopped.name}; echo over $?`,
  );
  await session.shows(/over [1-9]/);
  await until('the hub has the refusal', async () => {
    const { body } = await get(stack, '/v1/events', { kind: 'request', limit: 1000 });
    return /"exitCode":[1-9]/.test(JSON.stringify(body));
  });
  machine.run('systemctl', 'stop', needed.name);
  const { verdict, actor } = await why(stack, { pid: stopped.pid });
  expect(verdict.cause).toBe('service-stopped');
  expect(verdict.summary).toContain('systemd does not record who asked');
  expect(actor?.pid).toBe(machine.pid);
});
