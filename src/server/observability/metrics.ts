import { Counter, Gauge, Registry, Summary } from 'prom-client';

type Labels = Readonly<Record<string, string>>;

/** One value of a gauge. */
export interface Sample {
  readonly labels?: Labels;
  readonly value: number;
}

/** Registers metrics with prom-client, which is a registry for each console instead of one for the process. */
export interface Metrics {
  /** Only grows. Its name must end with `_total`. */
  counter(name: string, help: string, labelNames: readonly string[]): { add(labels: Labels, by?: number): void };
  /** Evaluated at each scrape: a series that `read` leaves out is gone. */
  gauge(name: string, help: string, labelNames: readonly string[], read: () => Iterable<Sample>): void;
  /** Observations as `_count` and `_sum`. */
  summary(name: string, help: string, labelNames: readonly string[]): { observe(labels: Labels, value: number): void };
  /** The text format. */
  text(): Promise<string>;
  /** The content type of `text`. */
  readonly contentType: string;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  return {
    counter(name, help, labelNames) {
      const counter = new Counter({ name, help, labelNames: [...labelNames], registers });
      return { add: (labels, by = 1) => counter.inc({ ...labels }, by) };
    },
    gauge(name, help, labelNames, read) {
      // Registers itself.
      void new Gauge({
        name,
        help,
        labelNames: [...labelNames],
        registers,
        collect() {
          this.reset();
          // `reset` leaves a gauge without labels at 0, and what is unknown must not be told as that.
          if (labelNames.length === 0) this.remove({});
          for (const { labels = {}, value } of read()) this.set({ ...labels }, value);
        },
      });
    },
    summary(name, help, labelNames) {
      const summary = new Summary({ name, help, labelNames: [...labelNames], registers, percentiles: [] });
      return { observe: (labels, value) => summary.observe({ ...labels }, value) };
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
