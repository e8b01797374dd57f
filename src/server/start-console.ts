import { Server as TlsServer } from 'node:https';
import { createInMemoryUsageStore } from '../backend/usage/in-memory-usage-store.ts';
import type { Clock } from '../clock.ts';
import type { FetchHandler } from '../fetch-handler.ts';
import { accessPaths } from './auth/access-paths.ts';
import { startWarnings } from './cli/start-warnings.ts';
import { createConsoleAuthentication } from './auth/console-authenticator.ts';
import { consoleAddress, signInLink } from './cli/console-address.ts';
import { createConsoleBackend } from './console-backend.ts';
import { openRayConnection } from './ray/open-ray-connection.ts';
import { createHttpServer } from './http/http-server.ts';
import { openJournalFile, type OpenedJournal } from './storage/journal-file.ts';
import { createInMemoryStores } from './storage/journal-stores.ts';
import { journalPath, usagePath } from './storage/journal-path.ts';
import { openUsageFile, type OpenedUsage } from './storage/usage-file.ts';
import { listen } from './http/listen.ts';
import { createObservability } from './observability/observability.ts';
import type { Options } from './cli/options.ts';
import { stopOnSignal } from './http/shutdown.ts';
import { createSystemClock } from './system-clock.ts';
import { readTls } from './http/tls.ts';

/** The most settled changes that the journal's file keeps: about 100 MB. */
const MAX_CHANGES_IN_FILE = 100_000;

/**
 * Starts the console and serves until a signal ends it. Resolves with the exit code when it can't start, and with null once
 * it serves. `giveUpAfter`: as for the back end; only tests shorten it.
 */
export async function startConsole(
  options: Options,
  parts: { readonly files: FetchHandler | null; readonly consoleVersion: string; readonly giveUpAfter?: number },
): Promise<number | null> {
  // Without a listener, writing to a pipe whose reader has gone ends the process.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
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
      ? { ok: true, ...createInMemoryStores({ clock, days }), warning: null }
      : openJournalFile({ file, clock, days, most: MAX_CHANGES_IN_FILE });
  if (!journal.ok) {
    printError(journal.message);
    return 2;
  }
  if (journal.warning !== null) printError(journal.warning);
  const usage = openUsage(options.usageDays, file, clock);
  if (usage?.ok === true && usage.warning !== null) printError(usage.warning);
  const connection = openRayConnection(options, process.env);
  const tls = options.tls === null ? null : readTls(options.tls);
  for (const part of [connection, tls, usage]) {
    if (part?.ok !== false) continue;
    printError(part.message);
    await journal.log.close();
    if (usage?.ok === true) usage.store.close();
    return 2;
  }
  const { logLevel: level, metricsPort, metricsHost, clusterMetrics } = options.observability;
  const observability = createObservability({
    level,
    clock,
    consoleVersion: parts.consoleVersion,
    store: journal.log,
    write: (line) => process.stderr.write(line),
  });
  let printNextLink: () => void = () => undefined;
  const { authenticator, newLink, tokenGrant } = createConsoleAuthentication(options, {
    paths: file === null ? null : accessPaths(file),
    clock,
    onLinkUsed: () => printNextLink(),
    onFailure: observability.recordFailure,
  });
  let backend;
  try {
    backend = createConsoleBackend(options, {
      ...parts,
      store: observability.store,
      profiles: observability.profiles(journal.profiles),
      observations: journal.observations,
      planStore: journal.plans,
      clock,
      access: authenticator,
      tokenGrant,
      observe: observability,
      ...(usage?.ok === true
        ? {
            usage: {
              store: usage.store,
              days: options.usageDays,
              mostBytes: options.usageMegabytes * 1_000_000,
              onKept: observability.recordUsage,
            },
          }
        : {}),
      ...(connection.ok ? { connection: connection.ray } : {}),
    });
  } catch (error) {
    // A scenario that the simulator doesn't know.
    printError(`The console can't start: ${errorMessage(error)}`);
    return 2;
  }
  const server = createHttpServer(observability.handle(backend.fetch), tls?.ok === true ? tls.tls : null);
  observability.watch(server);
  const metrics = metricsPort === null ? null : observability.metricsServer(clusterMetrics ? backend.fleet : null);
  const listening = await listen(server, options.port, options.host);
  const metricsListening =
    metrics === null || !listening.ok ? null : await listen(metrics, metricsPort ?? 0, metricsHost);
  for (const each of [listening, metricsListening]) {
    if (each?.ok !== false) continue;
    printError(each.message);
    server.close();
    await backend.close();
    observability.close();
    return 1;
  }
  if (!listening.ok) return 1;
  const address = consoleAddress(options, listening.port);
  const ray = options.rayAddress === null ? 'simulated Ant Ray' : `Ant Ray at ${options.rayAddress}`;
  process.stdout.write(`Virtual cluster console: ${address} (${ray}${options.readOnly ? ', read-only' : ''})\n`);
  if (newLink !== null) {
    const printLink = () =>
      process.stdout.write(`Sign in once, within 15 minutes: ${signInLink(address, newLink())}\n`);
    printLink();
    // Links that can still be used must not end up in a log: print the next one only on a terminal, else on request.
    if (process.stdout.isTTY || file === null) printNextLink = printLink;
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
    // By default the signal would end a service that was asked to reload. A closed terminal still ends its console.
    process.on('SIGHUP', () => printError('There is no TLS certificate to read again.'));
  }
  if (metricsListening?.ok === true) process.stdout.write(`Metrics: port ${String(metricsListening.port)}, /metrics\n`);
  observability.log('info', 'listening', {
    address,
    ray: options.rayAddress ?? 'simulator',
    version: parts.consoleVersion,
    readOnly: options.readOnly,
  });
  const running = backend;
  stopOnSignal({
    servers: metrics === null ? [server] : [server, metrics],
    stopping(signal) {
      observability.markStopping();
      observability.log('info', 'stopping', { signal });
    },
    async close() {
      await running.close();
      await observability.drained();
      observability.log('info', 'stopped');
      observability.close();
    },
  });
  return null;
}

/** In memory where the journal is; null: not at all. */
function openUsage(days: number, journal: string | null, clock: Clock): OpenedUsage | null {
  if (days === 0) return null;
  if (journal === null) return { ok: true, store: createInMemoryUsageStore(), warning: null };
  return openUsageFile({ file: usagePath(journal), clock });
}

function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : 'for a reason it can not tell';
}

function printError(line: string) {
  process.stderr.write(`${line}\n`);
}
