import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { RawEvent } from '../../source.ts';
import { sshClientsSource } from './source.ts';

it('tells who opened an ssh connection, from which port to where', async () => {
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.2', resolve));
  const { port } = server.address() as { port: number };
  const peer = new Promise<number | undefined>((resolve) =>
    server.once('connection', (socket) => resolve(socket.remotePort)),
  );
  const events: RawEvent[] = [];
  const running = await sshClientsSource('web-1').start((event) => events.push(event));
  const ssh = spawn('ssh', ['-F', 'none', '-o', 'BatchMode=yes', '-p', `${port}`, '127.0.0.2'], {
    stdio: 'ignore',
  });
  onTestFinished(async () => {
    ssh.kill('SIGKILL');
    server.close();
    await running.stop();
  });
  const own = () => events.filter((event) => event.kind === 'ssh-client' && event.pid === ssh.pid);
  await vi.waitFor(() => expect(own()).toHaveLength(1), { timeout: 60_000 });
  expect(own()).toMatchObject([
    { source: 'proc', user: 'root', to: '127.0.0.2', toPort: port, port: await peer },
  ]);
});
