import { parseArgs } from 'node:util';
import type { Grant } from '../../backend/auth/authenticator.ts';
import type { Clock } from '../../clock.ts';
import { isClusterPattern } from './access-options.ts';
import { accessPlace } from './access-place.ts';
import { consoleAddress, signInLink } from './console-address.ts';
import { storeLink } from '../auth/link-folder.ts';
import { nodeSecrets } from '../auth/node-secrets.ts';
import type { Flags } from './flags.ts';
import { consoleFlags } from './console-flags.ts';
import { parseOptionValues, parseErrorMessage, type Options } from './options.ts';
import { changeTokens, readTokens, type StoredToken } from '../auth/token-file.ts';

/** A command's output and exit code. `err`: one line with an error or a hint. */
export interface CommandResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

interface AccessRequest {
  readonly name: string | null;
  readonly grant: Grant;
  /** Days until the token expires; null: never. */
  readonly days: number | null;
}

const DAY = 24 * 3_600_000;
export const accessCommandFlags = {
  name: { type: 'string', value: 'name', help: 'By which the journal knows them (a link: administrator)' },
  role: { type: 'string', value: 'role', help: 'viewer or operator (default operator)' },
  clusters: {
    type: 'string',
    multiple: true,
    value: 'pattern',
    help: 'The virtual clusters that an operator may change, as team-a-*; * stands for anything (repeat for more; default: all)',
  },
  days: { type: 'string', value: 'number', help: 'After so many days a token ends (default: never)' },
} as const satisfies Flags;
const flags = { ...consoleFlags, ...accessCommandFlags } as const;

/**
 * Runs `token create|list|withdraw` or `sign-in-link`. The console's own options select the console: its Ray and data folder
 * locate the token file, its address and base path begin the link.
 */
export function runAccessCommand(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  clock: Clock,
): CommandResult {
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], strict: true, allowPositionals: true, options: flags });
  } catch (error) {
    return usageError(parseErrorMessage(error));
  }
  const { values, positionals } = parsed;
  const console = parseOptionValues(values, env);
  if (console.kind === 'wrong') return usageError(console.message);
  let place;
  try {
    place = accessPlace(console.options, env);
  } catch (error) {
    return usageError(error instanceof Error ? error.message : 'Name a folder: --data-dir <path>.');
  }
  if (place === null)
    return usageError(
      'Say which console is meant: its Ray with --ray-address (RAY_ADDRESS), its Rays with --config or --ray, or its folder with --data-dir.',
    );
  const asked = parseAccessRequest(values);
  if (typeof asked === 'string') return usageError(asked);
  try {
    const words = positionals.join(' ');
    if (words === 'sign-in-link') return makeLink(console.options, place.links, asked, clock);
    if (words === 'token create') return createToken(place.tokens, asked, clock);
    if (words === 'token list') return { code: 0, out: formatTokens(readTokens(place.tokens), clock.now()), err: '' };
    if (positionals.length === 3 && words.startsWith('token withdraw '))
      return withdrawToken(place.tokens, positionals[2] ?? '');
  } catch (error) {
    return usageError(
      `The tokens in ${place.tokens} can't be read or written (${error instanceof Error ? error.message : 'they failed'}).`,
    );
  }
  return usageError(
    'There is: token create --name <name>, token list, token withdraw <name>, sign-in-link (--help tells more).',
  );
}

/** Letters of any script: people are called by it in the journal. Nothing invisible, which would make two names look alike. */
const NAME = /^[\p{L}\p{M}\p{N}_.@-]+(?: [\p{L}\p{M}\p{N}_.@-]+)*$/u;

function parseAccessRequest({
  name = null,
  role = 'operator',
  clusters = null,
  days = null,
}: {
  readonly name?: string | null;
  readonly role?: string;
  readonly clusters?: readonly string[] | null;
  readonly days?: string | null;
}): AccessRequest | string {
  if (name !== null && (name.length > 64 || !NAME.test(name)))
    return '--name must be of letters, digits and . _ - @, with single spaces between, not more than 64.';
  if (role !== 'viewer' && role !== 'operator') return `--role must be viewer or operator, not "${role}".`;
  const patterns = clusters?.flatMap((each) => each.split(',')) ?? null;
  if (patterns !== null && role === 'viewer') return '--clusters is for operators: a viewer changes nothing.';
  const bad = patterns?.find((each) => !isClusterPattern(each));
  if (bad !== undefined) return `--clusters must be a pattern as team-a-*, not "${bad}".`;
  if (days !== null && (!/^\d{1,4}$/.test(days) || Number(days) === 0))
    return `--days must be a whole number from 1 to 9999, not "${days}".`;
  return { name, grant: { role, clusters: patterns }, days: days === null ? null : Number(days) };
}

function makeLink(options: Options, folder: string, { name, grant }: AccessRequest, clock: Clock): CommandResult {
  if (options.port === 0) return usageError('Give the port that the console printed at its start: --port <number>.');
  const token = nodeSecrets.random();
  storeLink(folder, nodeSecrets.hash(token), { name: name ?? 'administrator', grant }, clock);
  const link = signInLink(consoleAddress(options, options.port), token);
  return { code: 0, out: `${link}\n`, err: 'It signs one person in, once, within 15 minutes.' };
}

function createToken(file: string, { name, grant, days }: AccessRequest, clock: Clock): CommandResult {
  if (name === null) return usageError('Give the token a name, by which the journal knows it: --name <name>.');
  const token = nodeSecrets.random();
  const now = clock.now();
  const { role, clusters } = grant;
  const next: StoredToken = {
    name,
    role,
    clusters: clusters === null ? null : [...clusters],
    hash: nodeSecrets.hash(token),
    createdAt: now,
    endsAt: days === null ? null : now + days * DAY,
  };
  const isTaken = (kept: readonly StoredToken[]) => kept.some((each) => each.name === name);
  const no = changeTokens(file, (kept) =>
    isTaken(kept) ? `There is a token named ${name}. Withdraw it first: token withdraw ${name}.` : [...kept, next],
  );
  if (no !== null) return usageError(no);
  return {
    code: 0,
    out: `${token}\n`,
    err: 'Keep it: it is not shown again. Scripts send it in the header Authorization: Bearer <token>.',
  };
}

function withdrawToken(file: string, name: string): CommandResult {
  const no = changeTokens(file, (kept) => {
    const others = kept.filter((each) => each.name !== name);
    return others.length === kept.length ? `There is no token named ${name}. token list shows all.` : others;
  });
  if (no !== null) return usageError(no);
  return { code: 0, out: `${name} is withdrawn.\n`, err: '' };
}

function formatTokens(tokens: readonly StoredToken[], now: number): string {
  if (tokens.length === 0) return 'There are no tokens.\n';
  const day = (time: number) => new Date(time).toISOString().slice(0, 10);
  const lines = tokens.map(({ name, role, clusters, createdAt, endsAt }) => {
    const ends = endsAt === null ? 'until withdrawn' : now >= endsAt ? `ended ${day(endsAt)}` : `until ${day(endsAt)}`;
    return [name, role, clusters === null ? 'all' : clusters.join(','), `since ${day(createdAt)}`, ends].join('  ');
  });
  return `${lines.join('\n')}\n`;
}

function usageError(message: string): CommandResult {
  return { code: 2, out: '', err: message };
}
