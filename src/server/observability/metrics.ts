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
}

/** Metrics that can be scraped. */
export interface MetricsRegistry extends Metrics {
  /**
   * The same registry, whose series get more labels: for each Ray of several. A name that is registered again under other labels adds
   * series to the metric that is there.
   */
  of(labels: Labels): Metrics;
  /** The text format. */
  text(): Promise<string>;
  /** The content type of `text`. */
  readonly contentType: string;
}

export function createMetrics(): MetricsRegistry {
  const registry = new Registry();
  const registers = [registry];
  const counters = new Map<string, Counter>();
  const summaries = new Map<string, Summary>();
  const gauges = new Map<string, (() => Iterable<Sample>)[]>();

  function of(common: Labels): Metrics {
    const names = Object.keys(common);
    return {
      counter(name, help, labelNames) {
        const counter = made(
          counters,
          name,
          () => new Counter({ name, help, labelNames: [...labelNames, ...names], registers }),
        );
        return { add: (labels, by = 1) => counter.inc({ ...labels, ...common }, by) };
      },
      gauge(name, help, labelNames, read) {
        const readers = made(gauges, name, () => {
          const added: (() => Iterable<Sample>)[] = [];
          registerGauge({ name, help, labelNames: [...labelNames, ...names] }, added);
          return added;
        });
        readers.push(function* () {
          for (const { labels, value } of read()) yield { labels: { ...labels, ...common }, value };
        });
      },
      summary(name, help, labelNames) {
        const summary = made(
          summaries,
          name,
          () => new Summary({ name, help, labelNames: [...labelNames, ...names], registers, percentiles: [] }),
        );
        return { observe: (labels, value) => summary.observe({ ...labels, ...common }, value) };
      },
    };
  }

  function registerGauge(
    about: { readonly name: string; readonly help: string; readonly labelNames: string[] },
    readers: readonly (() => Iterable<Sample>)[],
  ): void {
    // Registers itself.
    void new Gauge({
      ...about,
      registers,
      collect() {
        this.reset();
        // `reset` leaves a gauge without labels at 0, and unknown must not be exported as 0.
        if (about.labelNames.length === 0) this.remove({});
        for (const read of readers) for (const { labels = {}, value } of read()) this.set({ ...labels }, value);
      },
    });
  }

  return { ...of({}), of, text: () => registry.metrics(), contentType: registry.contentType };
}

function made<T>(known: Map<string, T>, name: string, make: () => T): T {
  const there = known.get(name) ?? make();
  known.set(name, there);
  return there;
}
