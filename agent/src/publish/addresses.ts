import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';

const mostAddresses = 64;
/** Bridges and ends of containers and virtual machines: every host has the same addresses there. */
const ofThisHostOnly = /^(?:lo|docker|br-|virbr|veth|cni|flannel|cali|lxcbr|lxdbr|podman|vnet)/;
const linkLocal = /^(?:169\.254\.|fe80:)/i;

/** The addresses by which other hosts know this one. */
export function ownAddresses(
  interfaces: NodeJS.Dict<NetworkInterfaceInfo[]> = networkInterfaces(),
): string[] {
  return Object.entries(interfaces)
    .filter(([name]) => !ofThisHostOnly.test(name))
    .flatMap(([, infos]) => infos ?? [])
    .filter(({ internal, address }) => !internal && !linkLocal.test(address))
    .map(({ address }) => address)
    .slice(0, mostAddresses);
}
