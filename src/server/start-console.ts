import { Server as TlsServer } from 'node:https';
import { createInMemoryChangeLog } from '../backend/journal/in-memory-change-log.ts';
import type { FetchHandler } from '../fetch-handler.ts';
import { accessPaths } from './auth/access-paths.ts';
import { startWarnings } from './cli/start-warnings.ts';
import { createConsoleAuthentication } from './auth/console-authenticator.ts';
import { consoleAddress, signInLink } from './cli/console-address.ts';
import { createConsoleBackend } from './console-backend.ts';
import { openRayConnection } from './ray/open-ray-connection.ts';
import { createHttpServer } from './http/http-server.ts';
import { openJournalFile, type OpenedJournal } from './storage/journal-file.ts';
import { journalPath } from './storage/journal-path.ts';
import { listen } from './http/listen.ts';
import { createObservability } from './observability/observability.ts';
import type { Options } from './cli/options.ts';
import { stopOnSignal } from './http/shutdown.ts';
import { createSystemClock } from './system-clock.ts';
import { readTls } from './http/tls.ts';

/** The most settled changes that are remembered: in a file about 100 MB of them, in memory about 2. */
const MAX_CHANGES_IN_FILE = 100_000;
const MAX_CHANGES_IN_MEMORY = 2_000;

/**
 * Starts the console with these options and serves until a signal ends it. The exit code when it ends at once; null
 * when it goes on serving. `giveUpAfter`: see the back end's; only tests wait shorter.
 */
export async function startConsole(
  options: Options,
  parts: { readonly files: FetchHandler | null; readonly consoleVersion: string; readonly giveUpAfter?: number },
): Promise<number | null> {
  const clock = createSystemClock();
  let file: string | null;
  try {
    file = journalPath(options, process.env);
  } catch (error) {
    printError(errorMessage(error));
    return 2;
  }
  const days = options.retentionDays;
  const journal: OpenedJournal =
    file === null
      ? { ok: true, log: createInMemoryChangeLog({ clock, days, most: MAX_CHANGES_IN_MEMORY }), warning: null }
      : openJournalFile({ file, clock, days, most: MAX_CHANGES_IN_FILE });
  if (!journal.ok) {
    printError(journal.message);
    return 2;
  }
  if (journal.warning !== null) printError(journal.warning);
  const gateway = openRayConnection(options, process.env);
  const tls = options.tls === null ? null : readTls(options.tls);
  for (const part of [gateway, tls]) {
    if (part?.ok !== false) continue;
    printError(part.message);
    await journal.log.close();
    return 2;
  }
  const { logLevel: level, metricsPort, metricsHost } = options.observability;
  const operation = createObservability({
    level,
    clock,
    consoleVersion: parts.consoleVersion,
    store: journal.log,
    write: (line) => process.stderr.write(line),
  });
  let tellNextLink: () => void = () => undefined;
  const { authenticator, newLink } = createConsoleAuthentication(options, {
    place: file === null ? null : accessPaths(file),
    clock,
    onUsed: () => tellNextLink(),
  });
  let backend;
  try {
    backend = createConsoleBackend(options, {
      ...parts,
      store: operation.store,
      clock,
      access: authenticator,
      observe: operation,
      ...(gateway.ok ? { connection: gateway.ray } : {}),
    });
  } catch (error) {
    // A scenario that the simulator doesn't know.
    printError(`The console can't start: ${errorMessage(error)}`);
    return 2;
  }
  const server = createHttpServer(operation.handle(backend.fetch), tls?.ok === true ? tls.tls : null);
  operation.watch(server);
  const metrics = metricsPort === null ? null : operation.metricsServer();
  const listening = await listen(server, options.port, options.host);
  const scraped = metrics === null || !listening.ok ? null : await listen(metrics, metricsPort ?? 0, metricsHost);
  for (const each of [listening, scraped]) {
    if (each?.ok !== false) continue;
    printError(each.message);
    server.close();
    await backend.close();
    operation.close();
    return 1;
  }
  if (!listening.ok) return 1;
  const address = consoleAddress(options, listening.port);
  const ray = options.rayAddress === null ? 'simulated Ant Ray' : `Ant Ray at ${options.rayAddress}`;
  process.stdout.write(`Virtual cluster console: ${address} (${ray}${options.readOnly ? ', read-only' : ''})\n`);
  if (newLink !== null) {
    const tellLink = () => process.stdout.write(`Sign in once, within 15 minutes: ${signInLink(address, newLink())}\n`);
    tellLink();
    // A log is no place for secrets that are still good: the next link goes to a person, or waits to be asked for.
    if (process.stdout.isTTY || file === null) tellNextLink = tellLink;
    if (file !== null) process.stdout.write('Another link: npm start -- sign-in-link, with the same options\n');
  }
  for (const warning of startWarnings(options)) printError(warning);
  if (file !== null) process.stdout.write(`Changes are remembered in ${file}\n`);
  if (parts.files === null)
    printError('The pages are not built, so only the API is served. Build them with: npm run build');
  const files = options.tls;
  if (files !== null && server instanceof TlsServer) {
    process.on('SIGHUP', () => {
      const next = readTls(files);
      if (next.ok) server.setSecureContext(next.tls);
      else printError(`${next.message} The old certificate goes on.`);
    });
  } else if (!process.stdout.isTTY) {
    // By itself the signal would end a service that was only asked to reload. A terminal that closes still ends its console.
    process.on('SIGHUP', () => printError('There is no TLS certificate to read again.'));
  }
  if (scraped?.ok === true) process.stdout.write(`Metrics: port ${String(scraped.port)}, /metrics\n`);
  operation.log('info', 'listening', {
    address,
    ray: options.rayAddress ?? 'simulator',
    version: parts.consoleVersion,
    readOnly: options.readOnly,
  });
  const running = backend;
  stopOnSignal({
    servers: metrics === null ? [server] : [server, metrics],
    stopping(signal) {
      operation.markStopping();
      operation.log('info', 'stopping', { signal });
    },
    async close() {
      await running.close();
      await operation.drained();
      operation.log('info', 'stopped');
      operation.close();
    },
  });
  return null;
}

function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : 'for a reason it can not tell';
}

function printError(line: string) {
  process.stderr.write(`${line}\n`);
}
