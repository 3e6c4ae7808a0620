import { expect, it } from 'vitest';
import { natsAddress, natsFiles, withoutCredentials } from './nats-address.ts';

it.each([
  ['nats://127.0.0.1:7322', { servers: ['127.0.0.1:7322'] }],
  ['localhost', { servers: ['localhost:4222'] }],
  [
    'nats://agent:p%40ss@n1:1, nats://n2:2',
    { servers: ['n1:1', 'n2:2'], user: 'agent', pass: 'p@ss' },
  ],
  ['tls://t0ken@n1', { servers: ['n1:4222'], token: 't0ken', tls: {} }],
  ['nats://[::1]:4', { servers: ['[::1]:4'] }],
])('%s', (url, expected) => {
  expect(natsAddress(url)).toEqual(expected);
});

it.each(['', 'http://user:hunter2@n1', 'nats://user:hunter2@n1:port'])(
  'refuses %j without repeating it',
  (url) => {
    expect(() => natsAddress(url)).toThrow(/^NATS_URL: /);
    expect(() => natsAddress(url)).not.toThrow(/hunter2/);
  },
);

it('an authority or a certificate of our own asks for TLS', () => {
  const url = 'nats://n1';
  expect(natsAddress(url, natsFiles({ NATS_CA: 'ca' })).tls).toEqual({ caFile: 'ca' });
  const own = natsFiles({ NATS_CERT: 'c', NATS_KEY: 'k' });
  expect(natsAddress(url, own).tls).toEqual({ certFile: 'c', keyFile: 'k' });
  expect(natsAddress(url, natsFiles({ NATS_CREDS: 'u' })).tls).toBeUndefined();
  expect(() => natsFiles({ NATS_KEY: 'k' })).toThrow(/^NATS_CERT: /);
});

it('shows no credentials', () => {
  expect(withoutCredentials('nats://bot:secret@hub:7322,tls://a:b@c')).toBe(
    'nats://hub:7322,tls://c',
  );
});
