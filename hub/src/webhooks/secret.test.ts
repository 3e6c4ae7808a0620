import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { secretOf, signedHeaders } from './secret.ts';

const key = 'a key of the hub, 32 characters long';

test('the reference implementation takes our signature, and not that of another secret, body or time', () => {
  const secret = secretOf(key, 'w1');
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  const body = JSON.stringify({ type: 'webhook.test', data: { text: 'ü\n\u0000' } });
  const headers = signedHeaders(secret, 'msg_1', body, Date.now());
  expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
  expect(() => new Webhook(secretOf(key, 'w2')).verify(body, headers)).toThrow();
  expect(() => new Webhook(secretOf(`${key}!`, 'w1')).verify(body, headers)).toThrow();
  expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow();
  const old = signedHeaders(secret, 'msg_1', body, Date.now() - 3_600_000);
  expect(() => new Webhook(secret).verify(body, old)).toThrow(/old/);
});
