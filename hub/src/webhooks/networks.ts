import ipaddr from 'ipaddr.js';

/** Addresses of a private or otherwise special network that webhooks may reach. */
export type Network = [ipaddr.IPv4 | ipaddr.IPv6, number];

/**
 * Never reached, whatever is configured: link-local addresses hold the credentials of cloud machines
 * (169.254.169.254, fd00:ec2::254), a gateway turns the last four into any address of IPv4, and the
 * others are nobody's.
 */
const never: ReadonlySet<string> = new Set([
  ...(['unspecified', 'linkLocal', 'multicast', 'broadcast', 'reserved'] as const),
  ...(['rfc6052', 'rfc6145', '6to4', 'teredo'] as const),
]);
/** Of clouds whose metadata lies elsewhere: AWS by IPv6, Alibaba, Azure. */
const metadata = ['fd00:ec2::254', '100.100.100.200', '168.63.129.16'].map((text) =>
  ipaddr.parse(text).toNormalizedString(),
);

/** `10.0.0.0/8` or `127.0.0.1`. Throws an Error that names what is neither. */
export function networkOf(text: string): Network {
  const [address = '', bits = address.includes(':') ? '128' : '32'] = text.split('/', 2);
  const cidr = `${address}/${bits}`;
  // Of IPv4 the usual form alone: 10.0.0 would be 10.0.0.0.
  const isUsual = address.includes(':') || ipaddr.IPv4.isValidFourPartDecimal(address);
  if (!isUsual || !ipaddr.isValidCIDR(cidr))
    throw new Error(`${text} is no network, such as 10.0.0.0/8`);
  return ipaddr.parseCIDR(cidr);
}

/** Why an address is not connected to; null where it may be. */
export function forbidden(address: string, networks: readonly Network[]): string | null {
  if (!ipaddr.isValid(address)) return `${address} is no address`;
  // An IPv4 address in IPv6's clothes (::ffff:10.0.0.1) is the IPv4 address.
  const parsed = ipaddr.process(address);
  const range = parsed.range();
  if (metadata.includes(parsed.toNormalizedString()) || never.has(range))
    return `${address} is an address that webhooks never reach`;
  const isListed = networks.some(
    ([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits),
  );
  if (range === 'unicast' || isListed) return null;
  return `${address} is no public address, and not in CORONER_WEBHOOK_NETWORKS`;
}

/** Whether plain HTTP to this host stays on this machine. */
function isLoopback(hostname: string): boolean {
  if (hostname === 'localhost') return true;
  return ipaddr.isValid(hostname) && ipaddr.process(hostname).range() === 'loopback';
}

/** Why nothing is posted to this URL; null where it may be. Names are looked up when it is. */
export function refusedUrl(text: string, networks: readonly Network[]): string | null {
  const { protocol, hostname } = new URL(text);
  const host = bareHost(hostname);
  const isPlain = protocol !== 'https:';
  if (isPlain && !isLoopback(host)) return 'must begin with https://';
  return ipaddr.isValid(host) ? forbidden(host, networks) : null;
}

/** Without the brackets of an IPv6 address. */
const bareHost = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, '$1');
