import { CONSOLE_HEADER } from '../../contract/paths.ts';
import type { Peer, Grant } from '../../backend/auth/authenticator.ts';
import { createBackend } from '../../backend/backend.ts';
import { createInMemoryChangeLog } from '../../backend/journal/in-memory-change-log.ts';
import { createSessions } from '../../backend/auth/sessions.ts';
import { createSignInLinks } from '../../backend/auth/sign-in-links.ts';
import { createAuthenticator, type SignInMethod } from '../../backend/auth/sign-in-authenticator.ts';
import type { ProxySignIn } from '../../backend/auth/proxy-sign-in.ts';
import { createHandClock } from './hand-clock.ts';
import { plainSecrets } from './plain-secrets.ts';
import { createScriptedRay } from './scripted-ray.ts';

const HOUR = 3_600_000;

/** A console over a scripted Ray that requires a sign-in, by a link or at a proxy on 10.0.0.1, with tokens for scripts. `clusters`: the ids that Ray has. */
export function createConsoleWithSignIn(
  options: {
    readonly proxy?: ProxySignIn;
    readonly open?: boolean;
    readonly readOnly?: boolean;
    readonly basePath?: string;
    readonly clusters?: readonly string[];
  } = {},
) {
  const clock = createHandClock();
  const secrets = plainSecrets();
  const ray = createScriptedRay(clock);
  for (const id of options.clusters ?? []) ray.put(id, { '4c8g': 2 });
  const tokens = new Map<string, { readonly name: string; readonly grant: Grant }>();
  const links = createSignInLinks({ clock, secrets, others: () => null });
  let linksUsed = 0;
  const byLink: SignInMethod = {
    kind: 'link',
    sessions: createSessions({ clock, secrets, times: { idle: 8 * HOUR, absolute: 24 * HOUR } }),
    links,
    onLinkUsed: () => (linksUsed += 1),
  };
  const signIn: SignInMethod =
    options.open === true
      ? { kind: 'none' }
      : options.proxy === undefined
        ? byLink
        : { kind: 'proxy', proxy: options.proxy };
  const basePath = options.basePath ?? '/';
  const access = createAuthenticator({
    readOnly: options.readOnly ?? false,
    signIn,
    isTrustedProxy: (address) => address === '10.0.0.1',
    findToken: (hash) => tokens.get(hash) ?? null,
    secrets,
    clock,
    basePath,
  });
  let ids = 0;
  const backend = createBackend({
    ray,
    rayAddress: 'simulator',
    simulator: () => Promise.resolve(Response.json({ simulated: true })),
    store: createInMemoryChangeLog({ clock, days: 400, most: 100 }),
    access,
    clock,
    ids: () => `id-${String((ids += 1))}`,
    files: () => Promise.resolve(new Response('<html>', { headers: { 'Content-Type': 'text/html' } })),
    consoleVersion: '9.9.9',
    basePath,
  });
  const here: Peer = { address: '127.0.0.1', secure: false, port: 8600 };
  const ask = (method: string, path: string, headers: Record<string, string> = {}, body?: unknown, from: Peer = here) =>
    backend.fetch(
      new Request(`http${from.secure ? 's' : ''}://127.0.0.1:8600${path}`, {
        method,
        headers: {
          ...(method === 'GET' ? {} : { 'Content-Type': 'application/json', [CONSOLE_HEADER]: '1' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
      from,
    );
  return {
    clock,
    ray,
    ask,
    here,
    send: (request: Request, from: Peer = here) => backend.fetch(request, from),
    link: (known: { readonly name: string; readonly grant: Grant }) => links.create(known),
    linksUsed: () => linksUsed,
    /** Creates a token of this name; the header that carries it. */
    token(who: string, grant: Grant): Record<string, string> {
      tokens.set(secrets.hash(`token-of-${who}`), { name: who, grant });
      return { Authorization: `Bearer token-of-${who}` };
    },
    withdraw: (who: string) => tokens.delete(secrets.hash(`token-of-${who}`)),
    /** Signs in by a link; the session's `Cookie` header. */
    async signIn(
      known: { readonly name: string; readonly grant: Grant },
      from: Peer = here,
    ): Promise<Record<string, string>> {
      const reply = await ask('POST', '/api/sign-in', {}, { token: links.create(known) }, from);
      return { Cookie: reply.headers.get('Set-Cookie')?.split(';')[0] ?? '' };
    },
    close: () => backend.close(),
  };
}

export type ConsoleWithSignIn = ReturnType<typeof createConsoleWithSignIn>;
