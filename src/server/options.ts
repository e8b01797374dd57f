import { parseArgs } from 'node:util';
import { hostnameOf, isLoopbackName } from '../backend/hosts.ts';
import { parseRayAddress } from './ray-address.ts';

/** How the console was asked to start. */
export interface Options {
  /** 0: any that is free. */
  readonly port: number;
  readonly host: string;
  /** `http://host:8265`; null for the bundled simulator. */
  readonly rayAddress: string | null;
  readonly readOnly: boolean;
  readonly allowedHosts: readonly string[];
  readonly seed: number;
  readonly scenario: string | null;
  /** The folder of the journal's file; null for the usual one, or for memory over the simulator. */
  readonly dataDir: string | null;
  /** How long settled changes are remembered, days. */
  readonly keepDays: number;
}

export type Asked =
  | { readonly kind: 'start'; readonly options: Options }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  /** One line that says what is wrong. */
  | { readonly kind: 'wrong'; readonly message: string };

export const HELP = `Virtual cluster console for Ant Ray

Usage: npm start -- [options]

  --port <number>           Port to listen on (PORT; default 8600; 0: any that is free)
  --host <name or address>  Address to listen on (HOST; default 127.0.0.1)
  --ray-address <url>       The Ant Ray to manage, as http://host:8265 (RAY_ADDRESS; default: the bundled simulator)
  --read-only               Change nothing
  --data-dir <path>         Folder of the journal's file (default: virtual-cluster-console in XDG_DATA_HOME or
                            ~/.local/share; over the simulator the journal is in memory unless this is given)
  --keep-days <number>      How long the journal remembers a change (default 400)
  --allowed-host <name>     A host name by which browsers reach the console (repeat for more)
  --seed <number>           Seed of the simulated fleet (default 1)
  --scenario <name>         Story of the simulated fleet
  --help                    Show this
  --version                 Show the console's version
`;

/** Reads the command line and the environment; the command line wins. An empty variable is one that isn't set. */
export function readOptions(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Asked {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: false,
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        'ray-address': { type: 'string' },
        'read-only': { type: 'boolean' },
        'allowed-host': { type: 'string', multiple: true },
        'data-dir': { type: 'string' },
        'keep-days': { type: 'string' },
        seed: { type: 'string' },
        scenario: { type: 'string' },
        help: { type: 'boolean' },
        version: { type: 'boolean' },
      },
    }));
  } catch (error) {
    const text = error instanceof Error ? error.message : 'The options could not be read.';
    return wrong(`${text.split(/\n|\. To specify/)[0] ?? text} (--help lists all options)`);
  }
  if (values.help === true) return { kind: 'help' };
  if (values.version === true) return { kind: 'version' };

  const fromEnv = (name: string) => (env[name] === '' ? undefined : env[name]);
  const port = numberWithin(values.port ?? fromEnv('PORT') ?? '8600', 65_535);
  if (port === null) return wrong(`The port must be a whole number from 0 to 65535, not "${values.port ?? env['PORT'] ?? ''}".`);
  const host = values.host ?? fromEnv('HOST') ?? '127.0.0.1';
  if (!isHost(host)) return wrong(`The host must be a name or an address to listen on, not "${host}".`);
  const seed = numberWithin(values.seed ?? '1', 2 ** 32 - 1);
  if (seed === null) return wrong(`The seed must be a whole number from 0 to 4294967295, not "${values.seed ?? ''}".`);
  const keepDays = numberWithin(values['keep-days'] ?? '400', 36_500);
  if (keepDays === null || keepDays === 0) return wrong(`--keep-days must be a whole number from 1 to 36500, not "${values['keep-days'] ?? ''}".`);
  const dataDir = values['data-dir'] ?? null;
  if (dataDir === '') return wrong('--data-dir must name a folder.');
  const allowedHosts = values['allowed-host'] ?? [];
  const badHost = allowedHosts.find((each) => hostnameOf(each) === null);
  if (badHost !== undefined) return wrong(`--allowed-host must be a host name, not "${badHost}".`);

  const ray = values['ray-address'] ?? fromEnv('RAY_ADDRESS');
  const address = ray === undefined ? null : parseRayAddress(ray);
  if (address !== null && !address.ok) return wrong(address.message);
  if (address !== null && (values.seed !== undefined || values.scenario !== undefined)) {
    return wrong('--seed and --scenario are for the simulator; leave them out, or leave --ray-address (RAY_ADDRESS) out.');
  }
  return {
    kind: 'start',
    options: {
      port,
      host,
      rayAddress: address === null ? null : address.url,
      readOnly: values['read-only'] ?? false,
      allowedHosts,
      seed,
      scenario: values.scenario ?? null,
      dataDir,
      keepDays,
    },
  };
}

/** Whether an address to listen on can be reached from this machine alone. */
export function isLoopback(host: string): boolean {
  return isLoopbackName(host.toLowerCase());
}

function isHost(host: string): boolean {
  return /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(host) || /^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*$/.test(host);
}

function numberWithin(text: string, most: number): number | null {
  if (!/^\d{1,10}$/.test(text)) return null;
  const value = Number(text);
  return value <= most ? value : null;
}

function wrong(message: string): Asked {
  return { kind: 'wrong', message };
}
