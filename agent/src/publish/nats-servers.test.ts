import { expect, it } from 'vitest';
import { natsServers } from './nats-servers.ts';

it.each([
  ['nats://127.0.0.1:7322', { servers: ['127.0.0.1:7322'], tls: false }],
  ['localhost', { servers: ['localhost:4222'], tls: false }],
  [
    'nats://agent:p%40ss@n1:1, nats://n2:2',
    { servers: ['n1:1', 'n2:2'], user: 'agent', pass: 'p@ss', tls: false },
  ],
  ['tls://t0ken@n1', { servers: ['n1:4222'], token: 't0ken', tls: true }],
  ['nats://[::1]:4', { servers: ['[::1]:4'], tls: false }],
])('%s', (url, expected) => {
  expect(natsServers(url)).toEqual(expected);
});

it.each(['', 'http://user:hunter2@n1', 'nats://user:hunter2@n1:port'])(
  'refuses %j without repeating it',
  (url) => {
    expect(() => natsServers(url)).toThrow(/^NATS_URL: /);
    expect(() => natsServers(url)).not.toThrow(/hunter2/);
  },
);
