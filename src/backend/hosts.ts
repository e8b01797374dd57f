/**
 * Whether a `Host` (name, with or without port) is this machine itself or one of the names that the
 * console was told it is reached by. Anything else is a name of somebody else's that was pointed here
 * (DNS rebinding), or a mistake.
 */
export function isAllowedHost(host: string, allowed: readonly string[]): boolean {
  const name = hostnameOf(host);
  if (name === null) return false;
  return isLoopbackName(name) || allowed.some((each) => hostnameOf(each) === name);
}

/** Whether a host name or address means this very machine. */
export function isLoopbackName(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
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
export function isOwnOrigin(origin: string, host: string, secure: boolean): boolean {
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
