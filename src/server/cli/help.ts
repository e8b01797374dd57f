import { commands, fleetFlags, type CommandName } from './commands.ts';
import { flagsHelp, row, type Flags } from './flags.ts';

const PROGRAM = 'virtual-cluster-console';

const general = {
  help: { type: 'boolean', help: 'Show this' },
  version: { type: 'boolean', help: "Show the console's version" },
} as const satisfies Flags;

const names = Object.keys(commands).filter((name): name is CommandName => Object.hasOwn(commands, name));

/** The text of `--help`. */
export const HELP = `Virtual cluster console for Ant Ray

${usage(names)}
In a clone of the repository: npm start -- <command> [options]

Commands:
${names.map((name) => row(`  ${name}`, commands[name].summary)).join('\n')}

To serve:
${flagsHelp({ ...commands.serve.flags, ...general })}

For tokens and links:
${flagsHelp(commands.token.flags)}

For files:
${flagsHelp(fleetFlags)}

A Ray that asks for a token gets the one in RAY_AUTH_TOKEN, in the file RAY_AUTH_TOKEN_PATH, or in ~/.ray/auth_token.
A token of the console's own, for scripts, is made by "token create", with the --ray-address and --data-dir of the console.
`;

/** The text of `<command> --help`. */
export function commandHelp(name: CommandName): string {
  return `${commands[name].summary}

${usage([name])}

${flagsHelp({ ...commands[name].flags, help: general.help })}
`;
}

function usage(some: readonly CommandName[]): string {
  return some
    .flatMap((name) => commands[name].usage)
    .map((line, index) => `${index === 0 ? 'Usage:' : '      '} ${PROGRAM} ${line}`)
    .join('\n');
}
