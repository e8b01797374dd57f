import { logLevels, type LogLevel } from './log.ts';

/** How the console tells of itself. */
export interface OperationOptions {
  readonly logLevel: LogLevel;
  /** The port of `/metrics`, 0 for any that is free; null for none. */
  readonly metricsPort: number | null;
}

export const operationFlags = { 'log-level': { type: 'string' }, 'metrics-port': { type: 'string' } } as const;

/** Reads them; one line that says what is wrong when they can't be. */
export function readOperationOptions(values: { readonly 'log-level'?: string | undefined; readonly 'metrics-port'?: string | undefined }): OperationOptions | string {
  const asked = values['log-level'] ?? 'info';
  const logLevel = logLevels.find((each) => each === asked);
  if (logLevel === undefined) return `--log-level must be one of ${logLevels.join(', ')}, not "${asked}".`;
  const port = values['metrics-port'];
  if (port === undefined) return { logLevel, metricsPort: null };
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) return `--metrics-port must be a whole number from 0 to 65535, not "${port}".`;
  return { logLevel, metricsPort: Number(port) };
}
