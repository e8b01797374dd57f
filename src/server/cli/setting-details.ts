import type { fleetFlags } from './commands.ts';
import type { accessCommandFlags } from './access-command.ts';
import type { consoleFlags } from './console-flags.ts';

/** What docs/settings.md says of an option beside its help. */
interface SettingDetails {
  /** Of its number. */
  readonly unit?: string;
  /** Options with which a console starts, this one among them. */
  readonly example: string;
  /** What an administrator has to know and help has no room for. */
  readonly more?: string;
}

type ServeSection = 'Ray' | 'Network' | 'Access' | 'Storage' | 'Logs and metrics' | 'Simulator';

const ray = '--ray-address http://ray-head:8265';
const proxy = '--trusted-proxy 10.0.0.7';

/** Each option of a console, in the order of its section. */
export const serveDetails = {
  'ray-address': {
    section: 'Ray',
    example: ray,
    more: 'The HTTP address of the dashboard, not the one of `ray.init`.',
  },
  'ray-ca': { section: 'Ray', example: '--ray-address https://ray-head:8265 --ray-ca /etc/console/ray-ca.pem' },
  'ray-dashboard-url': {
    section: 'Ray',
    example: `${ray} --ray-dashboard-url https://ray.example.com/`,
    more: 'The console itself sends nothing there.',
  },
  ray: {
    section: 'Ray',
    example: '--ray prod=http://ray-prod:8265 --ray lab=simulator',
    more: 'A name has 1 to 32 small letters, digits and `-`.',
  },
  config: {
    section: 'Ray',
    example: '--config deploy/console.yaml',
    more: 'See [The file of --config](#the-file-of---config).',
  },
  port: { section: 'Network', example: '--port 8700' },
  host: {
    section: 'Network',
    example: `--host 0.0.0.0 ${proxy}`,
    more: 'An address that others reach needs a sign-in, and TLS or a trusted proxy.',
  },
  'allowed-host': {
    section: 'Network',
    example: '--allowed-host console.example.com',
    more: 'Requests with another host name are refused.',
  },
  'base-path': { section: 'Network', example: '--base-path /vc/' },
  'tls-cert': { section: 'Network', example: '--tls-cert /etc/console/tls.crt --tls-key /etc/console/tls.key' },
  'tls-key': { section: 'Network', example: '--tls-cert /etc/console/tls.crt --tls-key /etc/console/tls.key' },
  'read-only': { section: 'Access', example: '--read-only', more: 'Everybody is a viewer.' },
  'sign-in': { section: 'Access', example: `${ray} --sign-in link` },
  'no-sign-in': { section: 'Access', example: `${ray} --no-sign-in` },
  'idle-hours': { section: 'Access', unit: 'hours', example: `${ray} --idle-hours 1` },
  'session-hours': { section: 'Access', unit: 'hours', example: `${ray} --session-hours 12` },
  'trusted-proxy': {
    section: 'Access',
    example: '--trusted-proxy 10.0.0.0/8',
    more: 'Name every proxy between the browser and the console.',
  },
  'user-header': { section: 'Access', example: `${proxy} --user-header X-Auth-Request-Email` },
  'groups-header': { section: 'Access', example: `${proxy} --groups-header X-Auth-Request-Groups` },
  'viewer-group': {
    section: 'Access',
    example: `${proxy} --viewer-group ray-users`,
    more: 'Without it, whoever the proxy lets in is a viewer.',
  },
  'operator-group': {
    section: 'Access',
    example: `${proxy} --operator-group admins --operator-group team-a=team-a-*`,
    more: 'A pattern may name a Ray: `team-a=prod:team-a-*`.',
  },
  'data-dir': { section: 'Storage', example: '--data-dir /var/lib/virtual-cluster-console' },
  'keep-days': {
    section: 'Storage',
    unit: 'days',
    example: '--keep-days 730',
    more: 'At most 100,000 changes, and 512 MB, are kept.',
  },
  'usage-days': { section: 'Storage', unit: 'days', example: '--usage-days 90' },
  'usage-megabytes': { section: 'Storage', unit: 'MB', example: '--usage-megabytes 1000' },
  'log-level': { section: 'Logs and metrics', example: '--log-level warn' },
  'metrics-port': {
    section: 'Logs and metrics',
    example: '--metrics-port 9600',
    more: 'Nobody signs in there: let only Prometheus reach it.',
  },
  'metrics-host': { section: 'Logs and metrics', example: '--metrics-port 9600 --metrics-host 127.0.0.1' },
  'no-cluster-metrics': { section: 'Logs and metrics', example: '--metrics-port 9600 --no-cluster-metrics' },
  seed: { section: 'Simulator', example: '--seed 7' },
  scenario: {
    section: 'Simulator',
    example: '--scenario large',
    more: '`demo` (without this option), `busy`, `empty`, `head-only` or `large`.',
  },
} as const satisfies Readonly<Record<keyof typeof consoleFlags, SettingDetails & { readonly section: ServeSection }>>;

/** Each option of the commands for tokens and links. */
export const accessDetails = {
  name: { example: '--name ci' },
  role: { example: '--role viewer' },
  clusters: { example: '--clusters team-a-*' },
  days: { unit: 'days', example: '--days 90' },
} as const satisfies Readonly<Record<keyof typeof accessCommandFlags, SettingDetails>>;

/** Each option of the commands for fleet files. */
export const fleetDetails = {
  console: { example: '--console https://console.example.com/rays/prod' },
  'token-file': { example: '--console https://console.example.com --token-file ~/console.token' },
  'plain-http': { example: '--console http://console.ray.svc:8600 --token-file ~/console.token --plain-http' },
  'ray-address': { example: ray },
  'ray-ca': { example: '--ray-address https://ray-head:8265 --ray-ca ray-ca.pem' },
  'data-dir': { example: `${ray} --data-dir /var/lib/fleet` },
  prune: { example: '--prune' },
  json: { example: '--json' },
  'dry-run': { example: '--dry-run' },
  yes: { example: '--yes' },
} as const satisfies Readonly<Record<keyof typeof fleetFlags, SettingDetails>>;

/** What each variable of the environment stands for. */
export const environment = {
  RAY_ADDRESS: 'As `--ray-address`, for a console of one Ray.',
  PORT: 'As `--port`.',
  HOST: 'As `--host`.',
  RAY_AUTH_TOKEN: 'The token of a Ray that asks for one. Not with several Rays: each has its `token-file`.',
  RAY_AUTH_TOKEN_PATH: 'The file of that token, read again when Ray refuses it. Without either, `~/.ray/auth_token`.',
  XDG_DATA_HOME: 'The folder in which `virtual-cluster-console` is the default of `--data-dir`.',
  HOME: 'Where `~/.ray/auth_token` is looked for.',
  VIRTUAL_CLUSTER_CONSOLE_TOKEN: "A console's token, for the commands with `--console` and without `--token-file`.",
  VIRTUAL_CLUSTER_CONSOLE_IMAGE: 'Set in the container image: there, the machine that runs it counts as this machine.',
} as const;

export type { SettingDetails };
