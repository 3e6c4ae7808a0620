import { expect, test } from 'vitest';
import { forbidden, networkOf, refusedUrl } from './networks.ts';

const own = ['10.0.0.0/8', '127.0.0.1', 'fd12::/16', '169.254.0.0/16', '0.0.0.0/0', '::/0'].map(
  networkOf,
);

test.each([
  ...['127.0.0.1', '127.9.9.9', '::1', '10.0.0.1', '172.16.0.1', '192.168.1.1', '100.64.0.1'],
  ...['169.254.169.254', 'fe80::1', 'fd00:ec2::254', 'fc00::1', '0.0.0.0', '::', '224.0.0.1'],
  ...['255.255.255.255', '240.0.0.1', '198.18.0.1', '192.0.2.1', 'ff02::1', '2001:db8::1'],
  ...[
    '::ffff:127.0.0.1',
    '::ffff:169.254.169.254',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    'fe80::1%eth0',
  ],
  ...['168.63.129.16', '100.100.100.200', 'localhost', ''],
])('%s is not connected to by itself', (address) => {
  expect(forbidden(address, [])).not.toBeNull();
});

test.each(['93.184.216.34', '2606:2800:220:1::1', '::ffff:93.184.216.34'])('%s is', (address) => {
  expect(forbidden(address, [])).toBeNull();
});

test.each(['10.0.0.1', '127.0.0.1', '::ffff:10.0.0.1', 'fd12::1', '192.168.1.1'])(
  '%s is where its network is configured',
  (address) => expect(forbidden(address, own)).toBeNull(),
);

test.each([
  '169.254.169.254',
  '::ffff:169.254.169.254',
  '100.100.100.200',
  '0.0.0.0',
  '168.63.129.16',
  '64:ff9b::a9fe:a9fe',
])('%s never is, whatever is configured', (address) =>
  expect(forbidden(address, own)).toMatch('never'),
);

test.each([
  ['https://ops.example.com/x', null],
  ['http://ops.example.com/x', 'https'],
  ['https://10.0.0.1/', null],
  ['https://192.0.2.1/', 'never'],
  ['https://192.168.1.1/', null],
  ['https://169.254.169.254/latest/meta-data', 'never'],
  // The same address, as a number and in octal.
  ['https://2852039166/', 'never'],
  ['https://0251.0376.0251.0376/', 'never'],
  ['https://[::ffff:169.254.169.254]/', 'never'],
  ['http://127.0.0.1:8080/', null],
  ['http://localhost:8080/', null],
  ['http://10.0.0.1/', 'https'],
])('a URL is looked at before anything is looked up: %s', (url, wrong) => {
  const refused = refusedUrl(url, own);
  if (wrong === null) expect(refused).toBeNull();
  else expect(refused).toMatch(wrong);
});

test.each(['10.0.0.0/33', 'web-1', '10.0.0', '0x7f.1', ''])('%j is no network', (text) => {
  expect(() => networkOf(text)).toThrow('is no network');
});
