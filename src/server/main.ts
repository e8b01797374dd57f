import { join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { createConsoleBackend } from './console-backend.ts';
import { createHttpServer } from './http-server.ts';
import { listen } from './listen.ts';
import { HELP, isLoopback, readOptions } from './options.ts';
import { createStaticFiles } from './static.ts';

/** Starts the console. The exit code when it ends at once; null when it goes on serving. */
async function main(): Promise<number | null> {
  const asked = readOptions(process.argv.slice(2), process.env);
  switch (asked.kind) {
    case 'help':
      process.stdout.write(HELP);
      return 0;
    case 'version':
      process.stdout.write(`${packageJson.version}\n`);
      return 0;
    case 'wrong':
      process.stderr.write(`${asked.message}\n`);
      return 2;
    case 'start':
      break;
  }
  const { options } = asked;
  const files = await createStaticFiles(join(import.meta.dirname, '..', 'app'));
  let backend;
  try {
    backend = createConsoleBackend(options, files, packageJson.version);
  } catch (error) {
    // A scenario that the simulator doesn't know.
    process.stderr.write(`The console can't start: ${error instanceof Error ? error.message : 'for a reason it can not tell'}\n`);
    return 2;
  }
  const server = createHttpServer(backend.fetch);
  const listening = await listen(server, options.port, options.host);
  if (!listening.ok) {
    process.stderr.write(`${listening.message}\n`);
    await backend.close();
    return 1;
  }
  const name = options.host.includes(':') ? `[${options.host}]` : options.host;
  const ray = options.rayAddress === null ? 'simulated Ant Ray' : `Ant Ray at ${options.rayAddress}`;
  process.stdout.write(`Virtual cluster console: http://${name}:${String(listening.port)} (${ray}${options.readOnly ? ', read-only' : ''})\n`);
  if (files === null) process.stderr.write('The pages are not built, so only the API is served. Build them with: npm run build\n');
  if (!isLoopback(options.host)) {
    process.stderr.write(
      `Warning: anybody who can reach ${options.host} may ${options.readOnly ? 'see' : 'change'} the virtual clusters. There is no sign-in.\n`,
    );
  }

  const running = backend;
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    server.close(() => process.exit(0));
    // A write on its way to Ray is waited for, but not for ever.
    setTimeout(() => process.exit(0), 10_000).unref();
    void running.close().then(() => server.closeAllConnections());
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return null;
}

const exitCode = await main();
if (exitCode !== null) process.exitCode = exitCode;
