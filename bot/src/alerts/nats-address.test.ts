import { expect, it } from 'vitest';
import { natsAddress, withoutCredentials } from './nats-address.ts';

it.each([
  ['nats://127.0.0.1:4222', { servers: '127.0.0.1:4222' }],
  ['127.0.0.1:4222', { servers: '127.0.0.1:4222' }],
  [
    'nats://bot:p%40ss@hub.example:7322',
    { servers: 'hub.example:7322', user: 'bot', pass: 'p@ss' },
  ],
  ['nats://t0ken@hub:1', { servers: 'hub:1', token: 't0ken' }],
])('%s', (url, options) => {
  expect(natsAddress(url)).toEqual(options);
});

it('shows no credentials', () => {
  expect(withoutCredentials('nats://bot:secret@hub:7322')).toBe('nats://hub:7322');
});
