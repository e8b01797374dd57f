import { randomUUID } from 'node:crypto';
import packageJson from '../../package.json' with { type: 'json' };
import type { Clock } from '../clock.ts';
import { runAccessCommand } from './cli/access-command.ts';
import { findCommand } from './cli/commands.ts';
import { commandEnv, containerArgs, IN_IMAGE } from './cli/container-options.ts';
import { createConsoleClient } from './fleet-command/console-client.ts';
import type { FleetCommand } from './fleet-command/command.ts';
import { runFleetCommand } from './fleet-command/fleet-command.ts';
import { parseFleetCommand, type FleetPlace } from './fleet-command/fleet-options.ts';
import { commandHelp, HELP } from './cli/help.ts';
import { parseOptions } from './cli/options.ts';
import { createProcessTerminal } from './fleet-command/terminal.ts';
import { compactFragmentedHeap } from './heap-compaction.ts';
import { limitHeapGrowth } from './heap-growth.ts';
import { openDirectConsole } from './direct-console.ts';
import { readPages } from './http/static-files.ts';
import { startConsole } from './start-console.ts';
import { createSystemClock } from './system-clock.ts';

const consoleVersion = packageJson.version;

/**
 * Runs a command or starts the console. Resolves with the exit code, or with null while the console serves. `pages`: the folder of the
 * built page.
 */
export async function runCommandLine(args: readonly string[], pages: string): Promise<number | null> {
  const found = findCommand(args);
  if ('unknown' in found) return wrong(`There is no command "${found.unknown}" (--help lists all commands)`);
  switch (found.name) {
    case 'serve':
      return serve(found.rest, pages);
    case 'token':
    case 'sign-in-link': {
      if (args.includes('--help')) return print(commandHelp(found.name));
      const { code, out, err } = runAccessCommand(args, commandEnv(process.env), createSystemClock());
      process.stdout.write(out);
      if (err !== '') process.stderr.write(`${err}\n`);
      return code;
    }
    case 'export':
    case 'diff':
    case 'apply':
    case 'plan': {
      const parsed = parseFleetCommand(found.name, found.rest, commandEnv(process.env));
      switch (parsed.kind) {
        case 'help':
          return print(commandHelp(found.name));
        case 'wrong':
          return wrong(parsed.message);
        case 'command':
          return runOnFleet(parsed.command, parsed.place, createSystemClock());
      }
    }
  }
}

async function serve(args: readonly string[], pages: string): Promise<number | null> {
  const isInImage = (process.env[IN_IMAGE] ?? '') !== '';
  const parsed = parseOptions(isInImage ? containerArgs(args) : args, process.env);
  switch (parsed.kind) {
    case 'help':
      return print(HELP);
    case 'version':
      return print(`${consoleVersion}\n`);
    case 'wrong':
      return wrong(parsed.message);
    case 'start': {
      limitHeapGrowth();
      compactFragmentedHeap();
      return startConsole(parsed.options, { pages: await readPages(pages), consoleVersion });
    }
  }
}

async function runOnFleet(command: FleetCommand, place: FleetPlace, clock: Clock): Promise<number> {
  const parts = { terminal: createProcessTerminal(), clock, newId: randomUUID };
  switch (place.kind) {
    case 'console': {
      const client = createConsoleClient({ send: fetch, knowsProfiles: true, clock, ...place });
      return runFleetCommand(command, { ...parts, client });
    }
    case 'ray': {
      const writes = command.name === 'apply' && !command.dryRun;
      const opened = openDirectConsole(place.options, { clock, env: process.env, consoleVersion, writes });
      if (!opened.ok) return wrong(opened.message);
      try {
        return await runFleetCommand(command, { ...parts, client: opened.client });
      } finally {
        await opened.close();
      }
    }
  }
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

function wrong(message: string): number {
  process.stderr.write(`${message}\n`);
  return 2;
}
