import { join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { HELP } from './help.ts';
import { readOptions } from './options.ts';
import { startConsole } from './start-console.ts';
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
    case 'start': {
      const files = await createStaticFiles(join(import.meta.dirname, '..', 'app'));
      return startConsole(asked.options, { files, consoleVersion: packageJson.version });
    }
  }
}

const exitCode = await main();
if (exitCode !== null) process.exitCode = exitCode;
