import { CONSOLE_HEADER } from '../../contract/paths.ts';
import { createConsoleAuthentication } from '../../server/auth/console-authenticator.ts';
import { accessPlace } from '../../server/cli/access-place.ts';
import { parseOptions } from '../../server/cli/options.ts';
import { listen } from '../../server/http/listen.ts';
import { createObservability } from '../../server/observability/observability.ts';
import { rayPlaces } from '../../server/ray-place.ts';
import { createServedRays, rayNameAt } from '../../server/served-rays.ts';
import { createSystemClock } from '../../server/system-clock.ts';

const peer = { address: '127.0.0.1', secure: false };

interface Sent {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/**
 * A console of several Rays without a socket, whose files are in a folder. `args`: its options. `lines`: what it logs and warns of.
 * `closers`: what is to be called at the end. `open`: whether it waits until each Ray is open.
 */
export async function startConsoleOfRays(parts: {
  readonly folder: string;
  readonly args: readonly string[];
  readonly closers: (() => Promise<void>)[];
  readonly open?: boolean;
}) {
  const { folder, args, closers, open = true } = parts;
  const clock = createSystemClock();
  const parsed = parseOptions(['--data-dir', folder, '--usage-days', '0', ...args], {});
  if (parsed.kind !== 'start') throw new Error(JSON.stringify(parsed));
  const { options } = parsed;
  const lines: string[] = [];
  const observability = createObservability({
    level: 'debug',
    clock,
    consoleVersion: '1',
    write: (line) => lines.push(line),
    rays: (options.rays ?? []).map(({ name }) => name),
    rayAt: rayNameAt('/', options.rays ?? []),
  });
  const { authenticator, tokenGrant, newLink } = createConsoleAuthentication(options, {
    paths: accessPlace(options, {}),
    clock,
    onLinkUsed: () => undefined,
    onFailure: () => undefined,
  });
  const served = await createServedRays(rayPlaces(options, {}), options, {
    pages: null,
    consoleVersion: '1',
    clock,
    observability,
    access: authenticator,
    tokenGrant,
    env: {},
    warn: (line) => lines.push(line),
  });
  if (!served.ok) throw new Error(served.message);
  const { rays } = served;
  closers.push(async () => {
    await rays.close();
    observability.close();
  });
  if (open) await rays.open();
  const handle = observability.handle(rays.fetch);
  const answer = (request: Request) => handle(request, peer);
  const send = (path: string, init: Sent = {}) =>
    answer(
      new Request(`http://127.0.0.1${path}`, {
        ...init,
        headers: { 'Content-Type': 'application/json', [CONSOLE_HEADER]: '1', ...init.headers },
      }),
    );
  /** Its metrics, as Prometheus gets them. */
  async function scrape(): Promise<string> {
    const server = observability.metricsServer();
    const listening = await listen(server, 0, '127.0.0.1');
    if (!listening.ok) throw new Error(listening.message);
    try {
      return await (await fetch(`http://127.0.0.1:${String(listening.port)}/metrics`)).text();
    } finally {
      server.close();
      server.closeAllConnections();
    }
  }
  return { send, answer, scrape, lines, options, newLink, rays };
}
