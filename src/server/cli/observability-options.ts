import type { Flags } from './flags.ts';
import { logLevels, type LogLevel } from '../observability/log.ts';

/** Logs and metrics. */
export interface ObservabilityOptions {
  readonly logLevel: LogLevel;
  /** The port of `/metrics`; 0: any free port; null: no metrics. */
  readonly metricsPort: number | null;
  /** The address that `/metrics` listens on. */
  readonly metricsHost: string;
  /** Whether `/metrics` has series of each virtual cluster, by its id. */
  readonly clusterMetrics: boolean;
}

export const observabilityFlags = {
  'log-level': {
    type: 'string',
    value: 'level',
    help: 'How much is logged to stderr, as JSON lines: debug, info (default), warn, error, silent',
  },
  'metrics-port': { type: 'string', value: 'number', help: 'Port of /metrics for Prometheus (default: none)' },
  'metrics-host': {
    type: 'string',
    value: 'name or address',
    help: 'Address to listen on for it (default: that of the console)',
  },
  'no-cluster-metrics': { type: 'boolean', help: "Leave each virtual cluster's own numbers out of /metrics" },
} as const satisfies Flags;

/** Observability options as parsed; undefined: not given. */
export type ObservabilityValues = {
  readonly [Name in keyof typeof observabilityFlags]?:
    | ((typeof observabilityFlags)[Name]['type'] extends 'boolean' ? boolean : string)
    | undefined;
};

/** Validates them; or one line that says what is wrong. `host`: the console's own, the default for metrics. */
export function parseObservabilityOptions(
  values: ObservabilityValues,
  host: string,
  isHost: (text: string) => boolean,
): ObservabilityOptions | string {
  const asked = values['log-level'] ?? 'info';
  const logLevel = logLevels.find((each) => each === asked);
  if (logLevel === undefined) return `--log-level must be one of ${logLevels.join(', ')}, not "${asked}".`;
  const port = values['metrics-port'];
  const clusterMetrics = values['no-cluster-metrics'] !== true;
  const metricsHost = values['metrics-host'] ?? host;
  if (!isHost(metricsHost)) return `--metrics-host must be a name or an address to listen on, not "${metricsHost}".`;
  if (port === undefined) {
    return values['metrics-host'] === undefined
      ? { logLevel, metricsPort: null, metricsHost, clusterMetrics }
      : '--metrics-host is for --metrics-port <number>; give that too.';
  }
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    return `--metrics-port must be a whole number from 0 to 65535, not "${port}".`;
  return { logLevel, metricsPort: Number(port), metricsHost, clusterMetrics };
}
