import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { createBackend } from '../../backend/backend.ts';
import { createInMemoryChangeLog } from '../../backend/journal/in-memory-change-log.ts';
import type { Grant } from '../../backend/auth/authenticator.ts';
import type { ProxySignIn } from '../../backend/auth/proxy-sign-in.ts';
import { createAuthenticator, type SignInMethod } from '../../backend/auth/sign-in-authenticator.ts';
import { createSessions, type Identity } from '../../backend/auth/sessions.ts';
import type { Change } from '../../contract/change.ts';
import { createSignInLinks } from '../../backend/auth/sign-in-links.ts';
import { createRay } from '../../ray/client/client.ts';
import { overFetch } from '../../ray/client/transport.ts';
import { createSimulator } from '../../simulator/simulator.ts';
import { createHttpServer } from '../../server/http/http-server.ts';
import { listen } from '../../server/http/listen.ts';
import { nodeSecrets } from '../../server/auth/node-secrets.ts';
import { createSystemClock } from '../../server/system-clock.ts';

/** A console on a socket over a simulated Ray that records its requests, with a signed-in operator and viewer whose cookies a browser would attach. */
export interface AttackTarget {
  /** `127.0.0.1:40123` */
  readonly host: string;
  /** The `Cookie` header of an operator of every cluster. */
  readonly cookie: string;
  /** The `Cookie` header of a viewer. */
  readonly viewer: string;
  /** The `Authorization` header of a script that is an operator of `team-a-*`. */
  readonly script: string;
  /** The writes that reached Ray, in the form `POST /virtual_clusters`. */
  readonly writes: readonly string[];
  /** The distinct paths that were read from Ray. */
  readonly reads: ReadonlySet<string>;
  /** The distinct names of the headers sent to Ray. */
  readonly headers: ReadonlySet<string>;
  /** The `Cookie` header of a new session of somebody else. */
  session(name: string, grant: Grant): string;
  /** The `Authorization` header of a script's new token. */
  token(name: string, grant: Grant): string;
  /** Withdraws all tokens of a name. */
  withdraw(name: string): void;
  /** The secret of a new sign-in link. */
  link(name: string, grant: Grant): string;
  /** What the simulated Ray has at a path, by default its current list of virtual clusters, as text. */
  state(path?: string): Promise<string>;
  /** The journal, newest first, as it is stored. */
  journal(): Promise<readonly Change[]>;
  /** Saves a virtual cluster straight in the simulated Ray. */
  saveDirectly(body: string): Promise<void>;
  /** Sends raw bytes; resolves with everything received until the server closes, or sends nothing for `quietFor` ms. */
  send(bytes: string | Buffer, quietFor?: number): Promise<string>;
  close(): Promise<void>;
}

const HOUR = 3_600_000;

/** `requestTimeout`: how long a client may take to send a request, ms. `proxy`: people come by this proxy, on this machine. */
export async function startAttackTarget({
  requestTimeout = 15_000,
  proxy = null,
}: { readonly requestTimeout?: number; readonly proxy?: ProxySignIn | null } = {}): Promise<AttackTarget> {
  const clock = createSystemClock();
  const simulator = createSimulator({ seed: 7, clock });
  const writes: string[] = [];
  const reads = new Set<string>();
  const headers = new Set<string>();
  const ray = createRay({
    transport: overFetch(async (request) => {
      const { pathname } = new URL(request.url);
      if (request.method === 'GET') reads.add(pathname);
      else writes.push(`${request.method} ${pathname}`);
      for (const name of request.headers.keys()) headers.add(name);
      return simulator.ray(request);
    }),
    address: 'http://ray',
    clock,
    uniqueToken: randomUUID,
  });
  const sessions = createSessions({ clock, secrets: nodeSecrets, times: { idle: HOUR, absolute: HOUR } });
  const links = createSignInLinks({ clock, secrets: nodeSecrets, others: () => null });
  const tokens = new Map<string, Identity>();
  const signIn: SignInMethod =
    proxy === null ? { kind: 'link', sessions, links, onLinkUsed: () => undefined } : { kind: 'proxy', proxy };
  const store = createInMemoryChangeLog({ clock, days: 400, most: 1_000 });
  let looks = 0;
  const backend = createBackend({
    ray,
    rayAddress: 'http://ray',
    simulator: null,
    store,
    access: createAuthenticator({
      readOnly: false,
      signIn,
      isTrustedProxy: (address) => proxy !== null && address === '127.0.0.1',
      findToken: (hash) => tokens.get(hash) ?? null,
      secrets: nodeSecrets,
      clock,
      basePath: '/',
    }),
    clock,
    ids: randomUUID,
    files: () =>
      Promise.resolve(
        new Response('<!doctype html><title>page</title>', { headers: { 'Content-Type': 'text/html; charset=utf-8' } }),
      ),
    consoleVersion: '0',
  });
  const server = createHttpServer(backend.fetch, null, {
    headersTimeout: requestTimeout,
    requestTimeout,
    connectionsCheckingInterval: Math.min(requestTimeout, 1_000),
  });
  const listening = await listen(server, 0, '127.0.0.1');
  if (!listening.ok) throw new Error(listening.message);
  const { port } = listening;
  const name = `virtual-cluster-console-${String(port)}`;
  const session = (who: string, grant: Grant) => `Cookie: ${name}=${sessions.begin({ name: who, grant })}`;
  const token = (who: string, grant: Grant) => {
    const secret = nodeSecrets.random();
    tokens.set(nodeSecrets.hash(secret), { name: who, grant });
    return `Authorization: Bearer ${secret}`;
  };
  return {
    host: `127.0.0.1:${String(port)}`,
    cookie: session('operator', { role: 'operator', clusters: null }),
    viewer: session('viewer', { role: 'viewer', clusters: null }),
    script: token('team-a', { role: 'operator', clusters: ['team-a-*'] }),
    session,
    token,
    withdraw(who) {
      for (const [hash, known] of tokens) if (known.name === who) tokens.delete(hash);
    },
    link: (who, grant) => links.create({ name: who, grant }),
    writes,
    reads,
    headers,
    state: async (path = `/virtual_clusters?look=${String((looks += 1))}`) =>
      (await simulator.ray(new Request(`http://ray${path}`, { headers: { 'User-Agent': 'test' } }))).text(),
    async journal() {
      const { rows } = await store.find({}, { offset: 0, limit: 1_000 });
      return store.read(rows.map(({ number }) => number));
    },
    async saveDirectly(body) {
      const headers = { 'User-Agent': 'test', 'Content-Type': 'application/json' };
      await simulator.ray(new Request('http://ray/virtual_clusters', { method: 'POST', headers, body }));
    },
    send: (bytes, quietFor = 400) => exchangeRaw(port, bytes, quietFor),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await backend.close();
    },
  };
}

function exchangeRaw(port: number, bytes: string | Buffer, quietFor: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let received = '';
    const end = () => {
      socket.destroy();
      resolve(received);
    };
    socket.setTimeout(quietFor, end);
    socket.on('data', (part: Buffer) => (received += part.toString('latin1')));
    // The server may close before it has read everything, which resets the connection.
    socket.on('error', end);
    socket.on('close', end);
    socket.on('connect', () => socket.write(bytes));
  });
}

/** The status codes of the replies in the received bytes, in order. */
export function statusesIn(received: string): readonly number[] {
  return [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, code]) => Number(code));
}
