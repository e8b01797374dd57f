import { randomUUID } from 'node:crypto';
import type { Plugin } from 'vite';
import { getRequestListener } from '@hono/node-server';
import packageJson from '../../package.json' with { type: 'json' };
import type { Backend } from '../backend/backend.ts';
import { isApiPath } from '../contract/paths.ts';
import { refusalOf } from '../backend/http/request-guard.ts';
import { contentSecurityPolicy, commonHeaders, NONCE_PLACEHOLDER } from '../backend/web/response-headers.ts';
import { createInMemoryUsageStore } from '../backend/usage/in-memory-usage-store.ts';
import { createInMemoryChangeLog } from '../backend/journal/in-memory-change-log.ts';
import { createConsoleBackend } from './console-backend.ts';
import { parseOptions } from './cli/options.ts';
import { createSystemClock } from './system-clock.ts';

/**
 * Runs the same back end inside Vite's development server: the API's paths go to it, all others to Vite, behind the
 * same guard and with the same headers. Options come from the environment: RAY_ADDRESS.
 */
export function consolePlugin(): Plugin {
  const nonce = randomUUID().replaceAll('-', '');
  let backend: Backend | null = null;
  return {
    name: 'virtual-cluster-console',
    apply: 'serve',
    // One nonce for as long as the server runs: Vite writes it into every page it serves, its own scripts included.
    config: () => ({ html: { cspNonce: nonce } }),
    configureServer(server) {
      const asked = parseOptions(['--no-sign-in'], { RAY_ADDRESS: process.env['RAY_ADDRESS'] });
      if (asked.kind !== 'start')
        throw new Error(asked.kind === 'wrong' ? asked.message : 'The options could not be read.');
      const clock = createSystemClock();
      // A file would be the running console's: development remembers in memory.
      const store = createInMemoryChangeLog({ clock, days: asked.options.retentionDays, most: 2_000 });
      const started = createConsoleBackend(asked.options, {
        store,
        clock,
        usage: {
          store: createInMemoryUsageStore(),
          days: asked.options.usageDays,
          mostBytes: asked.options.usageMegabytes * 1_000_000,
        },
        files: null,
        consoleVersion: packageJson.version,
      });
      backend = started;
      const listener = getRequestListener(
        (request, { incoming }) =>
          started.fetch(request, { address: incoming.socket.remoteAddress ?? '', secure: false }),
        { overrideGlobalObjects: false },
      );
      server.middlewares.use((incoming, outgoing, next) => {
        if (isApiPath((incoming.url ?? '').split('?', 1)[0] ?? '')) {
          void listener(incoming, outgoing);
          return;
        }
        const refusal = refusalOf(headOf(incoming), { address: '', secure: false }, { allowedHosts: [] });
        for (const [name, value] of Object.entries(commonHeaders)) outgoing.setHeader(name, value);
        outgoing.setHeader('Content-Security-Policy', contentSecurityPolicy(nonce, true));
        if (refusal === null) {
          next();
          return;
        }
        outgoing.writeHead(refusal.status, { 'Content-Type': 'application/json' });
        void refusal.text().then((text) => outgoing.end(text));
      });
    },
    async closeBundle() {
      await backend?.close();
    },
    transformIndexHtml: { order: 'post', handler: (html) => html.replaceAll(NONCE_PLACEHOLDER, nonce) },
  };
}

/** The head of Vite's request, for the guard. */
function headOf(incoming: {
  method?: string | undefined;
  url?: string | undefined;
  headers: NodeJS.Dict<string | string[]>;
}): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined && !name.startsWith(':'))
      headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const host = headers.get('host') ?? '';
  return new Request(new URL(incoming.url ?? '/', `http://${host === '' ? 'invalid.' : host}`), {
    method: incoming.method ?? 'GET',
    headers,
  });
}
