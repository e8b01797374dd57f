import { BlockList, isIP } from 'node:net';
import { normalizeAddress } from '../../backend/web/hosts.ts';

/** Matches addresses and ranges (`10.0.0.0/8`). IPv4-mapped IPv6 addresses count as IPv4. */
export function createProxyMatcher(ranges: readonly string[]): (address: string) => boolean {
  if (ranges.length === 0) return () => false;
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (given) => {
    const address = normalizeAddress(given);
    const version = isIP(address);
    return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4');
  };
}
