/** One sample of a metrics page. */
export interface ParsedSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const METRIC =
  /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{((?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*",?)*)\})? (NaN|[+-]Inf|[+-]?[\d.]+(?:e[+-]?\d+)?)$/;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\["\\n])*)"/g;

/** Parses the Prometheus text format as strictly as Prometheus: throws on what it would reject, and on a metric without a type. */
export function parseMetrics(text: string): readonly ParsedSample[] {
  if (!text.endsWith('\n')) throw new Error('The last line has no line feed.');
  const types = new Map<string, string>();
  const keys = new Set<string>();
  return text
    .slice(0, -1)
    .split('\n')
    .flatMap((line) => {
      const type = /^# TYPE (\S+) (counter|gauge|summary)$/.exec(line);
      if (type !== null) {
        if (types.has(type[1] ?? '')) throw new Error(`Duplicate: ${line}`);
        types.set(type[1] ?? '', type[2] ?? '');
        return [];
      }
      if (line === '' || /^# HELP \S+ \S/.test(line)) return [];
      const found = METRIC.exec(line);
      if (found === null) throw new Error(`Not a metric: ${line}`);
      const [, name = '', labelText = '', value = ''] = found;
      const kind = types.get(name) ?? types.get(name.replace(/_(sum|count)$/, ''));
      if (kind === undefined) throw new Error(`No type: ${line}`);
      if (kind === 'counter' && !name.endsWith('_total')) throw new Error(`A counter's name ends with _total: ${line}`);
      const key = `${name}{${labelText}}`;
      if (keys.has(key)) throw new Error(`Duplicate: ${line}`);
      keys.add(key);
      const labels = Object.fromEntries(
        [...labelText.matchAll(LABEL)].map(([, label = '', raw = '']) => [
          label,
          raw.replaceAll(/\\(.)/g, (_, each: string) => (each === 'n' ? '\n' : each)),
        ]),
      );
      return [
        {
          name,
          labels,
          value:
            value === '+Inf' ? Number.POSITIVE_INFINITY : value === '-Inf' ? Number.NEGATIVE_INFINITY : Number(value),
        },
      ];
    });
}

/** The value of the sample with this name and these labels; null when there is none. */
export function valueOf(
  samples: readonly ParsedSample[],
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | null {
  const found = samples.find(
    (each) => each.name === name && Object.entries(labels).every(([label, value]) => each.labels[label] === value),
  );
  return found?.value ?? null;
}
