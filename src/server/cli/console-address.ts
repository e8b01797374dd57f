import type { Options } from './options.ts';

/** The URL by which a browser on this machine reaches the console, as `https://127.0.0.1:8600/vc`, without a trailing slash. */
export function consoleAddress(
  { host, tls, basePath }: Pick<Options, 'host' | 'tls' | 'basePath'>,
  port: number,
): string {
  // All addresses are this machine's own, too.
  const own = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  const name = own.includes(':') ? `[${own}]` : own;
  return `${tls === null ? 'http' : 'https'}://${name}:${String(port)}${basePath.slice(0, -1)}`;
}

/** A sign-in link. The token is in the fragment, which browsers do not send. */
export function signInLink(address: string, token: string): string {
  return `${address}/sign-in#${token}`;
}
