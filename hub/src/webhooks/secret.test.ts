import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { fingerprintOf, secretBehind, secretOf, signedHeaders } from './secret.ts';

const key = 'a key of the hub, 32 characters long';

test('the reference implementation takes our signature, and not that of another secret, body or time', () => {
  const secret = secretOf(key, 'w1', 1);
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  const body = JSON.stringify({ type: 'webhook.test', data: { text: 'ü\n\u0000' } });
  const headers = signedHeaders([secret], 'msg_1', body, Date.now());
  expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
  for (const other of [
    secretOf(key, 'w2', 1),
    secretOf(`${key}!`, 'w1', 1),
    secretOf(key, 'w1', 2),
  ])
    expect(() => new Webhook(other).verify(body, headers)).toThrow();
  expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow();
  const old = signedHeaders([secret], 'msg_1', body, Date.now() - 3_600_000);
  expect(() => new Webhook(secret).verify(body, old)).toThrow(/old/);
});

test('each of several secrets opens what was signed with all, and no other does', () => {
  const [first, second, third] = [1, 2, 3].map((number) => secretOf(key, 'w1', number)) as [
    string,
    string,
    string,
  ];
  const headers = signedHeaders([second, first], 'msg_1', '{}', Date.now());
  expect(headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);
  for (const secret of [first, second])
    expect(new Webhook(secret).verify('{}', headers)).toEqual({});
  expect(() => new Webhook(third).verify('{}', headers)).toThrow();
});

test('the first secret of a webhook is as it was before secrets had numbers', () => {
  expect(secretOf(key, 'w1', 1)).toBe('whsec_MJZYmSa9aPS6pAYHQ6dOcEWPNdmNxgxvoSk6IVGTv/I=');
});

test('a secret of another key is not taken for the one that is meant', () => {
  const mark = { number: 2, hash: fingerprintOf(secretOf(key, 'w1', 2)) };
  expect(secretBehind(key, 'w1', mark)).toBe(secretOf(key, 'w1', 2));
  expect(secretBehind(`${key}!`, 'w1', mark)).toBeNull();
  expect(secretBehind(key, 'w1', { ...mark, number: 1 })).toBeNull();
});
