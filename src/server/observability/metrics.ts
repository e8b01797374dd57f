type Labels = Readonly<Record<string, string>>;

interface Sample {
  readonly suffix?: string;
  readonly labels?: Labels;
  readonly value: number;
}

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'summary';
  samples(): Iterable<Sample>;
}

/** A registry of counters, gauges and summaries in Prometheus' text format. */
export interface Metrics {
  /** Only grows. Its name must end with `_total`. */
  counter(name: string, help: string): { add(labels?: Labels, by?: number): void };
  /** Evaluated at each scrape. */
  gauge(name: string, help: string, read: () => Iterable<Sample>): void;
  /** Observations as `_count` and `_sum`. */
  summary(name: string, help: string): { observe(labels: Labels, value: number): void };
  /** Text format, version 0.0.4. */
  text(): string;
}

/** The text format's content type. */
export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

export function createMetrics(): Metrics {
  const all: Metric[] = [];
  return {
    counter(name, help) {
      const counts = new Map<string, { readonly labels: Labels; value: number }>();
      all.push({ name, help, type: 'counter', samples: () => counts.values() });
      return {
        add(labels = {}, by = 1) {
          const key = labelText(labels);
          const count = counts.get(key) ?? { labels, value: 0 };
          count.value += by;
          counts.set(key, count);
        },
      };
    },
    gauge(name, help, read) {
      all.push({ name, help, type: 'gauge', samples: read });
    },
    summary(name, help) {
      const sums = new Map<string, { readonly labels: Labels; count: number; sum: number }>();
      function* samples(): Iterable<Sample> {
        for (const { labels, count, sum } of sums.values()) {
          yield { suffix: '_sum', labels, value: sum };
          yield { suffix: '_count', labels, value: count };
        }
      }
      all.push({ name, help, type: 'summary', samples });
      return {
        observe(labels, value) {
          const key = labelText(labels);
          const known = sums.get(key) ?? { labels, count: 0, sum: 0 };
          known.count += 1;
          known.sum += value;
          sums.set(key, known);
        },
      };
    },
    text() {
      const lines: string[] = [];
      for (const { name, help, type, samples } of all) {
        lines.push(`# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`, `# TYPE ${name} ${type}`);
        for (const { suffix = '', labels = {}, value } of samples())
          lines.push(`${name}${suffix}${labelText(labels)} ${valueText(value)}`);
      }
      return `${lines.join('\n')}\n`;
    },
  };
}

function labelText(labels: Labels): string {
  const parts = Object.entries(labels).map(
    ([name, value]) => `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`,
  );
  return parts.length === 0 ? '' : `{${parts.join(',')}}`;
}

function valueText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? String(value) : value > 0 ? '+Inf' : '-Inf';
}
