import * as z from 'zod/mini';

const units = ['bytes', 'kB', 'MB', 'ms', 'count', 'ratio', '% of a core'] as const;

const measured = z.object({
  part: z.string(),
  /** What was measured, in words; together with `part` and `nodes` the key of a result. */
  what: z.string(),
  /** The fleet's size in nodes; null where it doesn't matter. */
  nodes: z.nullable(z.number()),
  value: z.number(),
  unit: z.enum(units),
  /** The upper limit; null for a value without a limit. */
  atMost: z.nullable(z.number()),
  /** How it was measured, or how it is composed. */
  note: z.string(),
});
export type Measurement = z.infer<typeof measured>;

export const results = z.object({
  at: z.string(),
  commit: z.string(),
  machine: z.object({
    cpu: z.string(),
    cores: z.number(),
    memoryGb: z.number(),
    load: z.number(),
    system: z.string(),
    node: z.string(),
    browser: z.string(),
  }),
  quick: z.boolean(),
  measured: z.array(measured),
});
export type Results = z.infer<typeof results>;

/** Records one measurement. */
export type Report = (
  one: Omit<Measurement, 'atMost' | 'note'> & Partial<Pick<Measurement, 'atMost' | 'note'>>,
) => void;

export function limitStatus({ value, atMost }: Measurement): 'ok' | 'MISSED' | '' {
  if (atMost === null) return '';
  return value <= atMost ? 'ok' : 'MISSED';
}

/** The quantile of the samples, `share` from 0 to 1. NaN for no samples. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? sorted[0] ?? Number.NaN;
}

export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

/** For display, with about three significant digits. */
export function formatValue(value: number): string {
  if (!Number.isFinite(value)) return 'none';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}

/** One line of the printed table. */
export function formatMeasurement(one: Measurement): string {
  const limit = one.atMost === null ? '' : `at most ${formatValue(one.atMost)}`;
  return [
    one.part.padEnd(9),
    (one.nodes === null ? '' : one.nodes.toLocaleString('en')).padStart(8),
    one.what.padEnd(58),
    `${formatValue(one.value)} ${one.unit === 'count' || one.unit === 'ratio' ? '' : one.unit}`.trim().padStart(14),
    limit.padEnd(16),
    limitStatus(one).padEnd(6),
    one.note,
  ]
    .join('  ')
    .trimEnd();
}
