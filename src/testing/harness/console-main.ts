import { parseOptions } from '../../server/cli/options.ts';
import { startConsole } from '../../server/start-console.ts';

/** The console as shipped, except that it gives up on changes left open by an earlier process after 0.3 s. */
const parsed = parseOptions(process.argv.slice(2), process.env);
if (parsed.kind !== 'start') throw new Error('wrong options');
const exitCode = await startConsole(parsed.options, { pages: null, consoleVersion: '0.0.0', giveUpAfter: 300 });
if (exitCode !== null) process.exitCode = exitCode;
