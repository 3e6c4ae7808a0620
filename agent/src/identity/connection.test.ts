import { connect, createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { addressOf, peerOf } from './connection.ts';
import { remoteOf } from './remote.ts';

it.each([
  ['0100007F:1F90', '127.0.0.1'],
  ['0500000A:0016', '10.0.0.5'],
  ['0000000000000000FFFF00000500000A:0016', '10.0.0.5'],
  ['B80D01200000000067452301EFCDAB89:0016', '2001:db8::123:4567:89ab:cdef'],
  ['00000000000000000000000001000000:0016', '::1'],
  ['torn', null],
])('%s is %s', (field, address) => {
  expect(addressOf(field)).toBe(address);
});

it('finds the peer of a process that serves a connection', async () => {
  expect(peerOf(0)).toBeNull();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.2', resolve));
  const { port } = server.address() as { port: number };
  const client = connect({ port, host: '127.0.0.2', localAddress: '127.0.0.3' });
  onTestFinished(() => {
    client.destroy();
    server.close();
  });
  await new Promise((resolve) => server.once('connection', resolve));
  expect(peerOf(process.pid)?.address).toMatch(/^127\.0\.0\.[23]$/);
});

it('remembers a daemon that has gone, but not for another with its pid', () => {
  const peer = { address: '10.0.0.5', port: 50_022 };
  let isThere = true;
  const remote = remoteOf((pid) => (isThere && pid === 880 ? peer : null));
  const below = (startUs: number) => ({
    pid: 999,
    comm: 'kill',
    ancestry: [{ pid: 880, comm: 'sshd', startUs }],
  });
  expect(remote(below(5))).toBe(peer);
  isThere = false;
  expect(remote(below(5))).toBe(peer);
  expect(remote(below(6))).toBeNull();
});
