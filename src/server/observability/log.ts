export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Fields of a log line. Never pass a header, a query, a body or a token. */
type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** Writes one line for each event. */
export type Log = (level: Exclude<LogLevel, 'silent'>, event: string, fields?: LogFields) => void;

/** Longer texts are cut, characters. */
const MAX_FIELD_LENGTH = 500;

/** Characters that JSON does not escape, but that a terminal or a log viewer may take for a line break or a command. */
// oxlint-disable-next-line no-control-regex
const unsafe = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/**
 * A log of JSON lines: `time` (ISO 8601), `level`, `event`, then the fields. Untrusted text can't break out of its line:
 * line breaks and control characters are escaped, long texts cut.
 */
export function createLog(options: {
  readonly level: LogLevel;
  readonly now: () => number;
  readonly write: (line: string) => void;
}): Log {
  const threshold = logLevels.indexOf(options.level);
  return (level, event, fields = {}) => {
    if (logLevels.indexOf(level) < threshold) return;
    const cut = Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' && value.length > MAX_FIELD_LENGTH ? `${value.slice(0, MAX_FIELD_LENGTH)}…` : value,
    ]);
    const line = JSON.stringify({
      time: new Date(options.now()).toISOString(),
      level,
      event,
      ...Object.fromEntries(cut),
    });
    options.write(`${line.replaceAll(unsafe, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`);
  };
}
