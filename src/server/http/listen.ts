import type { AddressInfo } from 'node:net';

/** The part of a Node server that `listen` uses. */
export interface Listener {
  listen(port: number, host: string): unknown;
  once(event: 'error', callBack: (error: Error) => void): unknown;
  once(event: 'listening', callBack: () => void): unknown;
  off(event: 'error', callBack: (error: Error) => void): unknown;
  address(): AddressInfo | string | null;
}

/** Listens. Resolves with the port (chosen by the system when 0 was given), or with one line that says why it can't. */
export function listen(
  server: Listener,
  port: number,
  host: string,
): Promise<{ readonly ok: true; readonly port: number } | { readonly ok: false; readonly message: string }> {
  return new Promise((resolve) => {
    const failed = (error: Error) => resolve({ ok: false, message: failureText(error, port, host) });
    server.once('error', failed);
    server.once('listening', () => {
      server.off('error', failed);
      const address = server.address();
      resolve({ ok: true, port: typeof address === 'object' && address !== null ? address.port : port });
    });
    server.listen(port, host);
  });
}

function failureText(error: Error, port: number, host: string): string {
  const code = 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${String(port)} on ${host} is taken. Stop what listens there, or choose another one: --port ${String(port + 1 > 65_535 ? 8601 : port + 1)} (--port 0 takes any that is free).`;
    case 'EACCES':
      return `Port ${String(port)} on ${host} may not be listened on by this user. Choose one above 1023: --port 8600.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `This machine has no address ${host} to listen on. Choose another one: --host 127.0.0.1.`;
    default:
      return `The console can't listen on ${host}, port ${String(port)} (${code === '' ? error.message : code}).`;
  }
}
