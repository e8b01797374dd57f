/**
 * Whether a `Host` (name, with or without port) is this machine itself, at the port that was listened to, or one of the names
 * that the console is configured to be reached by. Anything else is another party's name that was pointed here (DNS
 * rebinding), another service's on this machine, or a mistake. `port`: the console's own; undefined where there is no socket.
 */
export function isAllowedHost(host: string, allowed: readonly string[], port?: number): boolean {
  const name = hostnameOf(host);
  if (name === null) return false;
  const asked = portOf(host);
  const isUsual = asked === null || asked === 80 || asked === 443;
  const isOwn = port === undefined || asked === port;
  if (isLoopbackName(name) && (isOwn || (asked === null && (port === 80 || port === 443)))) return true;
  return allowed.some((each) => {
    if (hostnameOf(each) !== name) return false;
    const given = portOf(each);
    return given === null ? isUsual || isOwn : given === asked || (isUsual && (given === 80 || given === 443));
  });
}

function portOf(host: string): number | null {
  const port = /:(\d{1,5})$/.exec(host)?.[1];
  return port === undefined ? null : Number(port);
}

/** Whether a host name or address means this very machine. */
export function isLoopbackName(name: string): boolean {
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '[::1]' ||
    name === '::1' ||
    /^127(\.\d{1,3}){3}$/.test(name)
  );
}

/** The name in `host:port` as a URL would have it (lower case, addresses in one spelling); null for what is none. */
export function hostnameOf(host: string): string | null {
  if (!/^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(:\d{1,5})?$/.test(host)) return null;
  try {
    return new URL(`http://${host}/`).hostname;
  } catch {
    return null;
  }
}

/** Whether a page of this origin is a page of this very console: the same name and port as it was asked under. */
export function isSameOrigin(origin: string, host: string, secure: boolean): boolean {
  let page: URL;
  try {
    page = new URL(origin);
  } catch {
    return false;
  }
  if (page.protocol !== 'http:' && page.protocol !== 'https:') return false;
  if (secure && page.protocol !== 'https:') return false;
  try {
    // In the page's own scheme, so that a default port left out on either side is the same port.
    return new URL(`${page.protocol}//${host}/`).host === page.host;
  } catch {
    return false;
  }
}

/** An address as people write it: IPv4 that comes over IPv6 is IPv4. */
export function normalizeAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
}

/** An address in its usual spelling, without a port or brackets; null for what is none. */
export function parseAddress(text: string): string | null {
  const dotted = /^(\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?$/.exec(text)?.[1];
  if (dotted !== undefined) return isDotted(dotted) ? dotted : null;
  const inBrackets = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(text)?.[1] ?? text;
  if (!/^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(inBrackets)) return null;
  const name = hostnameOf(`[${inBrackets}]`)?.slice(1, -1) ?? null;
  // A URL writes an IPv4 address that comes over IPv6 in hex.
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(name ?? '') ?? [];
  if (high === undefined || low === undefined) return name;
  const [left, right] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [left >> 8, left & 255, right >> 8, right & 255].join('.');
}

function isDotted(text: string): boolean {
  return text.split('.').every((part) => /^(?:0|[1-9]\d*)$/.test(part) && Number(part) <= 255);
}

/** The part of a socket's address that its owner can't choose: an IPv6 network has 2^64 addresses for one machine. */
export function networkOf(address: string): string {
  const plain = normalizeAddress(address);
  if (!plain.includes(':')) return plain;
  const [before = '', after] = plain.replace(/%.*$/, '').split('::');
  const groups = before === '' ? [] : before.split(':');
  const tail = after === undefined || after === '' ? [] : after.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - tail.length) }, () => '0');
  return [...groups, ...zeros, ...tail].slice(0, 4).join(':');
}
