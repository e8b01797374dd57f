import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isLoopbackName } from '../../backend/web/hosts.ts';
import { commands, fleetFlags } from '../cli/commands.ts';
import { fleetDefaults, type FleetCommand } from './command.ts';
import { parseErrorMessage, parseOptionValues, type Options } from '../cli/options.ts';

/** Whose fleet a command is about. */
export type FleetPlace =
  | { readonly kind: 'console'; readonly base: string; readonly token: string | null }
  | { readonly kind: 'ray'; readonly options: Options };

export type ParsedFleetCommand =
  | { readonly kind: 'command'; readonly command: FleetCommand; readonly place: FleetPlace }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string };

type Environment = Readonly<Record<string, string | undefined>>;

/** Parses what stands behind `export`, `diff`, `apply` or `plan`. */
export function parseFleetCommand(
  name: FleetCommand['name'],
  args: readonly string[],
  env: Environment,
): ParsedFleetCommand {
  let values;
  let positionals;
  try {
    const options = { ...fleetFlags, help: { type: 'boolean' } } as const;
    ({ values, positionals } = parseArgs({ args: [...args], strict: true, allowPositionals: true, options }));
  } catch (error) {
    return wrong(parseErrorMessage(error));
  }
  if (values.help === true) return { kind: 'help' };
  const strange = Object.keys(values).find((flag) => !Object.hasOwn(commands[name].flags, flag));
  if (strange !== undefined) return wrong(`${name} has no --${strange} (${name} --help lists its options)`);
  const [file = null, ...more] = positionals;
  if (more.length > 0 || (file === null && name !== 'export')) return wrong(`Name one file: ${name} <file>.`);
  const place = placeOf(values, env, name);
  if (typeof place === 'string') return wrong(place);
  const {
    prune = fleetDefaults.prune,
    json = fleetDefaults.json,
    'dry-run': dryRun = fleetDefaults.dryRun,
    yes = fleetDefaults.yes,
  } = values;
  return { kind: 'command', command: { name, file, prune, json, dryRun, yes }, place };
}

function placeOf(
  values: Readonly<Partial<Record<'console' | 'token-file' | 'ray-address' | 'ray-ca' | 'data-dir', string>>> & {
    readonly 'plain-http'?: boolean;
  },
  env: Environment,
  name: FleetCommand['name'],
): FleetPlace | string {
  const { console: address, 'token-file': tokenFile, 'plain-http': plainHttp = false, ...ray } = values;
  if (address !== undefined) {
    if (Object.keys(ray).some((flag) => flag !== 'json' && ['ray-address', 'ray-ca', 'data-dir'].includes(flag)))
      return 'Either a console is asked (--console), or Ray itself (--ray-address).';
    const base = consoleBase(address);
    if (base === null) return `--console must be an address as http://127.0.0.1:8600, not "${address}".`;
    const token = tokenOf(tokenFile, env);
    if (typeof token === 'string') return token;
    if (token.token !== null && !plainHttp && isSeenOnTheWay(base))
      return `The token would go to ${new URL(base).host} unencrypted, where others can read it. Name an https:// address, or give --plain-http where the way there is safe.`;
    return { kind: 'console', base, ...token };
  }
  if (plainHttp) return '--plain-http is about the way to a console: say which, with --console <url>.';
  if (name === 'plan') return 'A plan is kept by a console: say which, with --console <url>.';
  if (tokenFile !== undefined) return '--token-file is the token of a console: say which, with --console <url>.';
  const { 'ray-address': rayAddress, 'ray-ca': rayCa, 'data-dir': dataDir } = ray;
  const given = Object.fromEntries(
    Object.entries({ 'ray-address': rayAddress, 'ray-ca': rayCa, 'data-dir': dataDir }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  const parsed = parseOptionValues(given, env);
  if (parsed.kind === 'wrong') return parsed.message;
  if (parsed.options.rayAddress === null)
    return 'Say whose fleet is meant: that of a running console (--console <url>), or of a Ray (--ray-address <url>).';
  return { kind: 'ray', options: parsed.options };
}

/** The token of a file or of the environment; or what is wrong with it, which never says the token itself. */
function tokenOf(file: string | undefined, env: Environment): { readonly token: string | null } | string {
  const source = file === undefined ? 'VIRTUAL_CLUSTER_CONSOLE_TOKEN' : `${file} (--token-file)`;
  let text;
  try {
    text = file === undefined ? env['VIRTUAL_CLUSTER_CONSOLE_TOKEN'] : readFileSync(file, 'utf8');
  } catch {
    return `The token can't be read from ${source}.`;
  }
  const token = text?.trim() ?? '';
  if (token === '') return file === undefined ? { token: null } : `There is no token in ${source}.`;
  return /^[\w.~+/-]+=*$/.test(token) ? { token } : `What ${source} holds is no token.`;
}

/** Whether others between here and there can read what is sent. */
function isSeenOnTheWay(base: string): boolean {
  const { protocol, hostname } = new URL(base);
  return protocol === 'http:' && !isLoopbackName(hostname);
}

/** The console's address with a slash at its end; null: it is none. */
function consoleBase(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, origin, pathname, search, hash, username } = new URL(text);
  if ((protocol !== 'http:' && protocol !== 'https:') || search !== '' || hash !== '' || username !== '') return null;
  return `${origin}${pathname.replace(/\/?$/, '/')}`;
}

function wrong(message: string): ParsedFleetCommand {
  return { kind: 'wrong', message };
}
