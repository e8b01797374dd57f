import packageJson from '../../package.json' with { type: 'json' };
import { isAccessCommand, runAccessCommand } from './cli/access-command.ts';
import { HELP } from './cli/help.ts';
import { parseOptions } from './cli/options.ts';
import { startConsole } from './start-console.ts';
import { createStaticFiles } from './http/static-files.ts';
import { createSystemClock } from './system-clock.ts';

/**
 * Runs a command or starts the console. Resolves with the exit code, or with null while the console serves. `pages`: the folder of the
 * built page.
 */
export async function runCommandLine(args: readonly string[], pages: string): Promise<number | null> {
  if (isAccessCommand(args)) {
    const { code, out, err } = runAccessCommand(args, process.env, createSystemClock());
    process.stdout.write(out);
    if (err !== '') process.stderr.write(`${err}\n`);
    return code;
  }
  const parsed = parseOptions(args, process.env);
  switch (parsed.kind) {
    case 'help':
      process.stdout.write(HELP);
      return 0;
    case 'version':
      process.stdout.write(`${packageJson.version}\n`);
      return 0;
    case 'wrong':
      process.stderr.write(`${parsed.message}\n`);
      return 2;
    case 'start': {
      const files = await createStaticFiles(pages, parsed.options.basePath);
      return startConsole(parsed.options, { files, consoleVersion: packageJson.version });
    }
  }
}
