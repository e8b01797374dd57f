import { accessCommandFlags } from './access-command.ts';
import type { Flags } from './flags.ts';
import { consoleFlags } from './console-flags.ts';

const { 'ray-address': rayAddress, 'ray-ca': rayCa, 'data-dir': dataDir } = consoleFlags;

/** Which fleet: that of a running console, or that of a Ray without one. */
const whichFleet = {
  console: {
    type: 'string',
    value: 'url',
    help: 'The running console to ask, as http://127.0.0.1:8600 or https://host/vc/ (else Ray is asked itself)',
  },
  'token-file': {
    type: 'string',
    value: 'file',
    help: 'File with a token of that console (else the token in VIRTUAL_CLUSTER_CONSOLE_TOKEN)',
  },
  'plain-http': {
    type: 'boolean',
    help: 'Send the token to another machine without TLS, where the way there is safe, as in a service mesh',
  },
  'ray-address': { ...rayAddress, help: 'Without --console: the Ant Ray (RAY_ADDRESS; no default)' },
  'ray-ca': rayCa,
} as const satisfies Flags;
const json = { json: { type: 'boolean', help: 'Print one JSON value in place of lines' } } as const satisfies Flags;
const prune = {
  prune: {
    type: 'boolean',
    help: 'Count what the file does not name, too: apply deletes it, export removes what is gone',
  },
} as const satisfies Flags;
const ownJournal = {
  'data-dir': { ...dataDir, help: 'Without --console: folder for the journal of what this command changes' },
} as const satisfies Flags;

interface Command {
  /** After the program's name; one each way to call it. */
  readonly usage: readonly string[];
  readonly summary: string;
  readonly flags: Flags;
}

/** Every command. Help, its parsing, the table in the README and docs/settings.md follow from here. */
export const commands = {
  serve: {
    usage: ['[serve] [options]'],
    summary: 'Serve the console; without a command, too',
    flags: consoleFlags,
  },
  export: {
    usage: ['export [<file>] [options]'],
    summary:
      'Write the fleet as YAML: to the output, a new file, or into one that is there, whose comments and order stay',
    flags: { ...whichFleet, ...prune },
  },
  diff: {
    usage: ['diff <file> [options]'],
    summary: 'Tell how the fleet differs from a file; exits with 0: not at all, 1: it does, 2: it can not be told',
    flags: { ...whichFleet, ...prune, ...json },
  },
  apply: {
    usage: ['apply <file> [options]'],
    summary:
      'Change the fleet to what a file says, as one plan; exits with 0: done, 1: not all of it, 2: nothing was begun',
    flags: {
      ...whichFleet,
      ...ownJournal,
      ...prune,
      ...json,
      'dry-run': { type: 'boolean', help: 'Show what would be done, and whether it fits; change nothing' },
      yes: { type: 'boolean', help: 'Apply without asking' },
    },
  },
  plan: {
    usage: ['plan <file> [options]'],
    summary:
      'Keep what a file would change as a plan in the console, for somebody to look at and run; exits with 0: all of it, 1: a part of it, 2: nothing is kept',
    flags: {
      console: whichFleet.console,
      'token-file': whichFleet['token-file'],
      'plain-http': whichFleet['plain-http'],
      ...prune,
      ...json,
    },
  },
  token: {
    usage: [
      'token create --name <name> [--role <role>] [--clusters <pattern>]… [--days <number>]',
      'token list',
      'token withdraw <name>',
    ],
    summary: 'Tokens for scripts, with the --ray-address and --data-dir of the console',
    flags: accessCommandFlags,
  },
  'sign-in-link': {
    usage: ['sign-in-link [--name <who>] [--role <role>] [--clusters <pattern>]…'],
    summary: 'A link that signs one person in, once',
    flags: accessCommandFlags,
  },
} as const satisfies Readonly<Record<string, Command>>;

export type CommandName = keyof typeof commands;

/** Every flag of the commands on a fleet file: one parser knows all, so that it can say which of them has none of a name. */
export const fleetFlags = {
  ...commands.apply.flags,
  ...commands.export.flags,
  ...commands.diff.flags,
  ...commands.plan.flags,
} as const satisfies Flags;

/** The command that a command line names, and what stands behind it. Options without a command start the console. */
export function findCommand(
  args: readonly string[],
): { readonly name: CommandName; readonly rest: readonly string[] } | { readonly unknown: string } {
  const [first] = args;
  if (first === undefined || first.startsWith('-')) return { name: 'serve', rest: args };
  return isCommand(first) ? { name: first, rest: args.slice(1) } : { unknown: first };
}

function isCommand(word: string): word is CommandName {
  return Object.hasOwn(commands, word);
}
