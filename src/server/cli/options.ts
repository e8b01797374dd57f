import { parseArgs } from 'node:util';
import { hostnameOf } from '../../backend/web/hosts.ts';
import type { AccessOptions } from '../auth/sign-in-options.ts';
import type { NamedRay } from '../ray/named-ray.ts';
import { parseAccessOptions } from './access-options.ts';
import { consoleFlags } from './console-flags.ts';
import { readConsoleFile } from './console-file.ts';
import { parseObservabilityOptions, type ObservabilityOptions } from './observability-options.ts';
import { parseRayAddress } from './ray-address.ts';
import { parseRayDashboardUrl } from './ray-dashboard-url.ts';
import { checkRays, readRayFlag, type WrittenRay } from './ray-options.ts';

/** The validated options to start the console with. */
export interface Options {
  /** 0: any free port. */
  readonly port: number;
  readonly host: string;
  /** `http://host:8265`, `https://gateway/ray-prod`; null for the bundled simulator. */
  readonly rayAddress: string | null;
  readonly readOnly: boolean;
  readonly allowedHosts: readonly string[];
  readonly seed: number;
  readonly scenario: string | null;
  /** The folder of the journal's file; null: the default one, or memory over the simulator. */
  readonly dataDir: string | null;
  /** How long the journal keeps settled changes, days. */
  readonly retentionDays: number;
  /** How long usage is kept, days; 0: not at all. */
  readonly usageDays: number;
  /** How much of it at most, MB. */
  readonly usageMegabytes: number;
  readonly access: AccessOptions;
  /** The path below which the console lives, with `/` at both ends. */
  readonly basePath: string;
  /** Files with the certificate and the key to serve TLS with; null for plain HTTP. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
  /** Where browsers reach Ray's dashboard, without a slash at its end; null: unknown. */
  readonly rayDashboardUrl: string | null;
  /** The certificate authority (PEM file) of a Ray behind TLS; null: the system's. */
  readonly rayCa: string | null;
  readonly observability: ObservabilityOptions;
  /** Several Rays, each with a name; left out: the one of `rayAddress`, or the simulator. */
  readonly rays?: readonly NamedRay[];
}

export type ParsedCommandLine =
  | { readonly kind: 'start'; readonly options: Options }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  /** `message`: one line that says what is wrong. */
  | { readonly kind: 'wrong'; readonly message: string };

type ConsoleValues = ReturnType<typeof parseArgs<{ options: typeof consoleFlags }>>['values'];
type Environment = Readonly<Record<string, string | undefined>>;

/** Parses the command line and the environment; the command line wins. An empty variable counts as not set. */
export function parseOptions(args: readonly string[], env: Environment): ParsedCommandLine {
  let values;
  try {
    const options = { ...consoleFlags, help: { type: 'boolean' }, version: { type: 'boolean' } } as const;
    ({ values } = parseArgs({ args: [...args], strict: true, allowPositionals: false, options }));
  } catch (error) {
    return wrong(parseErrorMessage(error));
  }
  if (values.help === true) return { kind: 'help' };
  if (values.version === true) return { kind: 'version' };
  return parseOptionValues(values, env);
}

/** The error of `parseArgs` in one line. */
export function parseErrorMessage(error: unknown): string {
  const text = error instanceof Error ? error.message : 'The options could not be read.';
  return `${text.split(/\n|\. To specify/)[0] ?? text} (--help lists all options)`;
}

/** Validates parsed options, with those of the file that `--config` names. */
export function parseOptionValues(
  given: ConsoleValues,
  env: Environment,
): Extract<ParsedCommandLine, { readonly kind: 'start' | 'wrong' }> {
  const file = given.config === undefined ? { rays: [], values: {} } : readConsoleFile(given.config);
  if (typeof file === 'string') return wrong(file);
  const values: ConsoleValues = { ...file.values, ...given };
  const flagged = (given.ray ?? []).map(readRayFlag);
  const badRay = flagged.find((each) => typeof each === 'string');
  if (badRay !== undefined) return wrong(badRay);
  const written = [...file.rays, ...flagged.filter((each): each is WrittenRay => typeof each !== 'string')];
  const rays = written.length === 0 ? null : checkRays(written, { flags: Object.keys(given), env });
  if (typeof rays === 'string') return wrong(rays);
  const fromEnv = (name: string) => (env[name] === '' ? undefined : env[name]);
  const port = numberWithin(values.port ?? fromEnv('PORT') ?? '8600', 65_535);
  if (port === null)
    return wrong(`The port must be a whole number from 0 to 65535, not "${values.port ?? env['PORT'] ?? ''}".`);
  const host = values.host ?? fromEnv('HOST') ?? '127.0.0.1';
  if (!isHost(host)) return wrong(`The host must be a name or an address to listen on, not "${host}".`);
  const seed = numberWithin(values.seed ?? '1', 2 ** 32 - 1);
  if (seed === null) return wrong(`The seed must be a whole number from 0 to 4294967295, not "${values.seed ?? ''}".`);
  const retentionDays = numberWithin(values['keep-days'] ?? '400', 36_500);
  if (retentionDays === null || retentionDays === 0)
    return wrong(`--keep-days must be a whole number from 1 to 36500, not "${values['keep-days'] ?? ''}".`);
  const usageDays = numberWithin(values['usage-days'] ?? '400', 4_000);
  if (usageDays === null)
    return wrong(`--usage-days must be a whole number from 0 to 4000, not "${values['usage-days'] ?? ''}".`);
  const usageMegabytes = numberWithin(values['usage-megabytes'] ?? '300', 100_000);
  if (usageMegabytes === null || usageMegabytes < 10)
    return wrong(
      `--usage-megabytes must be a whole number from 10 to 100000, not "${values['usage-megabytes'] ?? ''}".`,
    );
  const dataDir = values['data-dir'] ?? null;
  if (dataDir === '') return wrong('--data-dir must name a folder.');
  const allowedHosts = values['allowed-host'] ?? [];
  const badHost = allowedHosts.find((each) => hostnameOf(each) === null);
  if (badHost !== undefined) return wrong(`--allowed-host must be a host name, not "${badHost}".`);

  const ray = values['ray-address'] ?? fromEnv('RAY_ADDRESS');
  const address = ray === undefined ? null : parseRayAddress(ray);
  if (address !== null && !address.ok) return wrong(address.message);
  const isSimulated = rays === null ? address === null : rays.every((each) => each.address === null);
  const hasSimulator = rays === null ? address === null : rays.some((each) => each.address === null);
  if (!hasSimulator && (values.seed !== undefined || values.scenario !== undefined)) {
    return wrong(
      '--seed and --scenario are for the simulator; leave them out, or leave --ray-address (RAY_ADDRESS) out.',
    );
  }
  const rayCa = values['ray-ca'] ?? null;
  if (rayCa !== null && !(address?.url.startsWith('https:') ?? false)) {
    return wrong('--ray-ca is for a Ray behind TLS: give its address as https://host:8265.');
  }
  const dashboard = values['ray-dashboard-url'];
  const rayDashboard = dashboard === undefined ? null : parseRayDashboardUrl(dashboard);
  if (rayDashboard !== null && !rayDashboard.ok) return wrong(rayDashboard.message);
  if (rayDashboard !== null && address === null)
    return wrong('--ray-dashboard-url is for a real Ray; the simulated one has no dashboard.');
  const basePath = normaliseBasePath(values['base-path'] ?? '/');
  if (basePath === null) return wrong(`--base-path must be a path as /vc/, not "${values['base-path'] ?? ''}".`);
  const { 'tls-cert': cert, 'tls-key': key } = values;
  if ((cert === undefined) !== (key === undefined))
    return wrong('TLS needs both a certificate and its key: --tls-cert <file> --tls-key <file>.');
  const tls = cert === undefined || key === undefined ? null : { cert, key };
  const access = parseAccessOptions(values, { host, isSimulated, hasTls: tls !== null });
  if (!access.ok) return wrong(access.message);
  const observability = parseObservabilityOptions(values, host, isHost);
  if (typeof observability === 'string') return wrong(observability);
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
      retentionDays,
      usageDays,
      usageMegabytes,
      access: access.access,
      basePath,
      tls,
      rayCa,
      rayDashboardUrl: rayDashboard === null ? null : rayDashboard.url,
      observability,
      ...(rays === null ? {} : { rays }),
    },
  };
}

function isHost(host: string): boolean {
  return /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(host) || /^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*$/.test(host);
}

/** Normalises `vc`, `/vc` and `/vc/` to `/vc/`; null for an invalid or ambiguous path. */
function normaliseBasePath(text: string): string | null {
  const inner = text.replace(/^\//, '').replace(/\/$/, '');
  if (inner === '') return '/';
  return /^[\w~-][\w.~-]*(\/[\w~-][\w.~-]*)*$/.test(inner) ? `/${inner}/` : null;
}

function numberWithin(text: string, most: number): number | null {
  if (!/^\d{1,10}$/.test(text)) return null;
  const value = Number(text);
  return value <= most ? value : null;
}

function wrong(message: string): Extract<ParsedCommandLine, { readonly kind: 'wrong' }> {
  return { kind: 'wrong', message };
}
