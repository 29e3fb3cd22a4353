// IP addresses.
import { normalise, withoutQuotes } from './text';

const OCTET = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
const IPV4 = new RegExp(String.raw`^${OCTET}(?:\.${OCTET}){3}$`);
const IPV4_WITH_PORT = /^([\d.]+):\d{1,5}$/;
const IPV6_WITH_PORT = /^\[([^\]]*)\](?::\d{1,5})?$/;
const GROUP = /^[\da-f]{1,4}$/i;
/** The length of the network, as a database prints that of a single address. */
const OF_ONE_ADDRESS = /^([\d.]+)\/32$|^(?=[\da-f.]*:)([\da-f:.]+)\/128$/i;
/** An address of IPv4 as a server that listens on both gives it: RFC 4291, section 2.5.5.2. */
const MAPPED_IPV4 = /^::ffff:(?=[\d.]+$)/i;

/**
 * An address without its port, and without what makes one of IPv4 look like one of IPv6; of a list, as a proxy makes one,
 * the first; `undefined` if it is not one.
 */
export function ipOf(text: string): string | undefined {
  // Almost always.
  if (IPV4.test(text)) return text;
  const [first = ''] = normalise(text).split(',', 1);
  const address = withoutQuotes(first.trim())
    .replace(OF_ONE_ADDRESS, '$1$2')
    .replace(IPV4_WITH_PORT, '$1')
    .replace(IPV6_WITH_PORT, '$1')
    .replace(MAPPED_IPV4, '');
  return IPV4.test(address) || isIpv6(address) ? address : undefined;
}

/** RFC 4291, section 2.2: eight groups, of which `::` leaves some out; an IPv4 address may stand for the last two. */
function isIpv6(text: string): boolean {
  if (text.length > 45 || !text.includes(':')) return false;
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const hasIpv4 = IPV4.test(last);
  const count = groups.length + (hasIpv4 ? 1 : 0);
  const plain = hasIpv4 ? groups.slice(0, -1) : groups;
  return plain.every((group) => GROUP.test(group)) && (halves.length === 2 ? count < 8 : count === 8);
}
