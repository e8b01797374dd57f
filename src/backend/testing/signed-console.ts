import { CONSOLE_HEADER } from '../../contract/paths.ts';
import type { From, Grant } from '../access.ts';
import { createBackend } from '../backend.ts';
import { createMemoryChangeLog } from '../memory-change-log.ts';
import { createSessions } from '../sessions.ts';
import { createSignInLinks } from '../sign-in-links.ts';
import { createAccess, type SignIn } from '../signed-access.ts';
import type { ProxySignIn } from '../proxy.ts';
import { createHandClock } from './hand-clock.ts';
import { plainSecrets } from './plain-secrets.ts';
import { createScriptedRay } from './scripted-ray.ts';

const HOUR = 3_600_000;

/** A console that asks to sign in, by a link or at a proxy on 10.0.0.1, with tokens for scripts, over a scripted Ray. `clusters`: what it has. */
export function createSignedConsole(
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
  const tokens = new Map<string, { readonly who: string; readonly grant: Grant }>();
  const links = createSignInLinks({ clock, secrets, others: () => null });
  let used = 0;
  const byLink: SignIn = {
    kind: 'link',
    sessions: createSessions({ clock, secrets, times: { idle: 8 * HOUR, absolute: 24 * HOUR } }),
    links,
    onUsed: () => (used += 1),
  };
  const signIn: SignIn =
    options.open === true
      ? { kind: 'none' }
      : options.proxy === undefined
        ? byLink
        : { kind: 'proxy', proxy: options.proxy };
  const basePath = options.basePath ?? '/';
  const access = createAccess({
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
    store: createMemoryChangeLog({ clock, days: 400, most: 100 }),
    access,
    clock,
    ids: () => `id-${String((ids += 1))}`,
    files: () => Promise.resolve(new Response('<html>', { headers: { 'Content-Type': 'text/html' } })),
    consoleVersion: '9.9.9',
    basePath,
  });
  const here: From = { address: '127.0.0.1', secure: false, port: 8600 };
  const ask = (method: string, path: string, headers: Record<string, string> = {}, body?: unknown, from: From = here) =>
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
    link: (known: { readonly who: string; readonly grant: Grant }) => links.make(known),
    linksUsed: () => used,
    /** A token of this name, and the header that carries it. */
    token(who: string, grant: Grant): Record<string, string> {
      tokens.set(secrets.hash(`token-of-${who}`), { who, grant });
      return { Authorization: `Bearer token-of-${who}` };
    },
    withdraw: (who: string) => tokens.delete(secrets.hash(`token-of-${who}`)),
    /** Signs in; the cookie that came of it, as a browser sends it back. */
    async signIn(
      known: { readonly who: string; readonly grant: Grant },
      from: From = here,
    ): Promise<Record<string, string>> {
      const reply = await ask('POST', '/api/sign-in', {}, { token: links.make(known) }, from);
      return { Cookie: reply.headers.get('Set-Cookie')?.split(';')[0] ?? '' };
    },
    close: () => backend.close(),
  };
}

export type SignedConsole = ReturnType<typeof createSignedConsole>;
