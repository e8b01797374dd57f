export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What a line may say. Never a header, a query, a body or a token: whoever logs chooses from what is safe to keep. */
type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** Writes one line for each event. */
export type Log = (level: Exclude<LogLevel, 'silent'>, event: string, fields?: LogFields) => void;

/** The longest text of one field, in characters. */
const MAX_FIELD_LENGTH = 500;

/** What JSON leaves as it is, and a terminal or a log viewer may take for a new line or a command. */
// oxlint-disable-next-line no-control-regex
const unsafe = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/**
 * A log of JSON lines: `time` (ISO 8601), `level`, `event`, then the fields. What came from outside stays inside its
 * line: line breaks and control characters are escaped, long texts cut.
 */
export function createLog(options: {
  readonly level: LogLevel;
  readonly now: () => number;
  readonly write: (line: string) => void;
}): Log {
  const least = logLevels.indexOf(options.level);
  return (level, event, fields = {}) => {
    if (logLevels.indexOf(level) < least) return;
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
