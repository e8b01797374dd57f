import { Server as TlsServer } from 'node:https';
import { errorText, printError, printLine } from './cli/print.ts';
import { accessPlace } from './cli/access-place.ts';
import { consoleAddress, signInLink } from './cli/console-address.ts';
import type { Options } from './cli/options.ts';
import { startWarnings } from './cli/start-warnings.ts';
import { createConsoleAuthentication } from './auth/console-authenticator.ts';
import { createHttpServer } from './http/http-server.ts';
import { listen } from './http/listen.ts';
import { stopOnSignal } from './http/shutdown.ts';
import type { Pages } from './http/static-files.ts';
import { readTls } from './http/tls.ts';
import { createObservability } from './observability/observability.ts';
import { rayPlaces } from './ray-place.ts';
import { createServedRays, describeRays, rayNameAt } from './served-rays.ts';
import { createSystemClock } from './system-clock.ts';

/**
 * Starts the console and serves until a signal ends it. Resolves with the exit code when it can't start, and with null once
 * it serves. `giveUpAfter`: as for the back end; only tests shorten it.
 */
export async function startConsole(
  options: Options,
  parts: { readonly pages: Pages | null; readonly consoleVersion: string; readonly giveUpAfter?: number },
): Promise<number | null> {
  // Without a listener, writing to a pipe whose reader has gone ends the process.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const clock = createSystemClock();
  let places;
  let paths;
  try {
    places = rayPlaces(options, process.env);
    paths = accessPlace(options, process.env);
  } catch (error) {
    printError(errorText(error));
    return 2;
  }
  const tls = options.tls === null ? null : readTls(options.tls);
  if (tls?.ok === false) {
    printError(tls.message);
    return 2;
  }
  const { logLevel: level, metricsPort, metricsHost } = options.observability;
  const observability = createObservability({
    level,
    clock,
    consoleVersion: parts.consoleVersion,
    write: (line) => process.stderr.write(line),
    ...(options.rays === undefined
      ? {}
      : { rays: options.rays.map(({ name }) => name), rayAt: rayNameAt(options.basePath, options.rays) }),
  });
  let printNextLink: () => void = () => undefined;
  const { authenticator, newLink, tokenGrant } = createConsoleAuthentication(options, {
    paths,
    clock,
    onLinkUsed: () => printNextLink(),
    onFailure: observability.recordFailure,
  });
  const served = await createServedRays(places, options, {
    ...parts,
    clock,
    observability,
    access: observability.authenticator(authenticator),
    tokenGrant,
    env: process.env,
    warn: printError,
  });
  if (!served.ok) {
    printError(served.message);
    observability.close();
    return 2;
  }
  const { rays } = served;
  const server = createHttpServer(observability.handle(rays.fetch), tls?.tls ?? null);
  observability.watch(server);
  const metrics = metricsPort === null ? null : observability.metricsServer();
  const listening = await listen(server, options.port, options.host);
  const metricsListening =
    metrics === null || !listening.ok ? null : await listen(metrics, metricsPort ?? 0, metricsHost);
  for (const each of [listening, metricsListening]) {
    if (each?.ok !== false) continue;
    printError(each.message);
    server.close();
    await rays.close();
    observability.close();
    return 1;
  }
  if (!listening.ok) return 1;
  const address = consoleAddress(options, listening.port);
  const described = describeRays(places);
  printLine(`Virtual cluster console: ${address} (${described.forPeople}${options.readOnly ? ', read-only' : ''})`);
  if (newLink !== null) {
    const printLink = () => printLine(`Sign in once, within 15 minutes: ${signInLink(address, newLink())}`);
    printLink();
    // Links that can still be used must not end up in a log: print the next one only on a terminal, else on request.
    if (process.stdout.isTTY || paths === null) printNextLink = printLink;
    if (paths !== null) printLine('Another link: npm start -- sign-in-link, with the same options');
  }
  for (const warning of startWarnings(options)) printError(warning);
  for (const { name, file } of places)
    if (file !== null) printLine(`Changes${name === null ? '' : ` of ${name}`} are remembered in ${file}`);
  if (parts.pages === null)
    printError('The pages are not built, so only the API is served. Build them with: npm run build');
  reloadOnHangUp(options.tls, server instanceof TlsServer ? server : null);
  if (metricsListening?.ok === true) printLine(`Metrics: port ${String(metricsListening.port)}, /metrics`);
  observability.log('info', 'listening', {
    address,
    ray: described.forLog,
    version: parts.consoleVersion,
    readOnly: options.readOnly,
  });
  stopOnSignal({
    servers: metrics === null ? [server] : [server, metrics],
    stopping(signal) {
      observability.markStopping();
      observability.log('info', 'stopping', { signal });
    },
    async close() {
      await rays.close();
      await observability.drained();
      observability.log('info', 'stopped');
      observability.close();
    },
  });
  // After the socket listens: twenty Rays delay nobody.
  void rays.open();
  return null;
}

/** Reads the certificate again at SIGHUP. */
function reloadOnHangUp(files: Options['tls'], server: TlsServer | null): void {
  if (files !== null && server !== null) {
    process.on('SIGHUP', () => {
      const next = readTls(files);
      if (next.ok) server.setSecureContext(next.tls);
      else printError(`${next.message} The old certificate goes on.`);
    });
  } else if (!process.stdout.isTTY) {
    // By default the signal would end a service that was asked to reload. A closed terminal still ends its console.
    process.on('SIGHUP', () => printError('There is no TLS certificate to read again.'));
  }
}
