import { parseOptions } from '../../server/cli/options.ts';
import { startConsole } from '../../server/start-console.ts';

/** The console as it is shipped, but for the time that it looks for what the one before left open: 0.3 s. */
const asked = parseOptions(process.argv.slice(2), process.env);
if (asked.kind !== 'start') throw new Error('wrong options');
const exitCode = await startConsole(asked.options, { files: null, consoleVersion: '0.0.0', giveUpAfter: 300 });
if (exitCode !== null) process.exitCode = exitCode;
