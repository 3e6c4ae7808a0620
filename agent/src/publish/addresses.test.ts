import type { NetworkInterfaceInfo } from 'node:os';
import { expect, it } from 'vitest';
import { ownAddresses } from './addresses.ts';

const info = (address: string, internal = false): NetworkInterfaceInfo[] => [
  { address, internal, family: 'IPv4', netmask: '', mac: '', cidr: null },
];

it('tells what other hosts may reach, and nothing that every host has', () => {
  const interfaces = {
    lo: info('127.0.0.1', true),
    eth0: info('10.0.0.4'),
    ens3: info('169.254.7.7'),
    docker0: info('172.17.0.1'),
    'br-5f3a': info('172.18.0.1'),
    wg0: info('fd00::4'),
  };
  expect(ownAddresses(interfaces)).toEqual(['10.0.0.4', 'fd00::4']);
});
