/** ut_addr_v6, in network order: IPv4 in the first four bytes alone, else IPv6; null when all zeros. */
export function addressOf(bytes: Buffer): string | null {
  if (bytes.every((byte) => byte === 0)) return null;
  if (bytes.subarray(4).every((byte) => byte === 0)) return [...bytes.subarray(0, 4)].join('.');
  return ipv6(bytes);
}

function ipv6(bytes: Buffer): string {
  const mapped =
    bytes.subarray(0, 10).every((byte) => byte === 0) && bytes.readUInt16BE(10) === 0xffff;
  if (mapped) return `::ffff:${[...bytes.subarray(12, 16)].join('.')}`;
  const groups = Array.from({ length: 8 }, (_, index) =>
    bytes.readUInt16BE(index * 2).toString(16),
  );
  // RFC 5952: the longest run of zero groups, the first of equals, at least two.
  const runs = [
    ...groups
      .map((group) => (group === '0' ? '0' : 'x'))
      .join('')
      .matchAll(/0{2,}/g),
  ];
  const longest = runs.reduce<RegExpMatchArray | null>(
    (best, run) => (best === null || run[0].length > best[0].length ? run : best),
    null,
  );
  if (longest?.index === undefined) return groups.join(':');
  const head = groups.slice(0, longest.index).join(':');
  const tail = groups.slice(longest.index + longest[0].length).join(':');
  return `${head}::${tail}`;
}
