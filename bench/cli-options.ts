import { parseArgs } from 'node:util';

const partNames = [
  'list',
  'map',
  'matrix',
  'peer',
  'watchers',
  'reads',
  'writes',
  'soak',
  'insiders',
  'usage',
  'plans',
  'rays',
  'suites',
] as const;
export type PartName = (typeof partNames)[number];

/** The options of a benchmark run. */
export interface BenchOptions {
  readonly parts: readonly PartName[];
  readonly quick: boolean;
  readonly fleets: readonly { readonly nodes: number; readonly clusters: number }[];
  readonly build: boolean;
  /** The results file; null for `bench/results.json`. */
  readonly out: string | null;
}

const fleets = [
  { nodes: 100, clusters: 10 },
  { nodes: 1_000, clusters: 10 },
  { nodes: 10_000, clusters: 100 },
  { nodes: 100_000, clusters: 100 },
];

/** Parses `[part…] [--quick] [--nodes 100,1000] [--no-build] [--out file]`; an error message when it is invalid. */
export function parseBenchOptions(args: readonly string[]): BenchOptions | string {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        quick: { type: 'boolean' },
        nodes: { type: 'string' },
        'no-build': { type: 'boolean' },
        out: { type: 'string' },
      },
    });
  } catch (error) {
    return error instanceof Error ? error.message : 'The command line could not be read.';
  }
  const { values, positionals } = parsed;
  const unknownPart = positionals.find((each) => !partNames.some((name) => name === each));
  if (unknownPart !== undefined) return `There is no part "${unknownPart}". The parts are ${partNames.join(', ')}.`;
  const quick = values.quick ?? false;
  const nodes = values.nodes?.split(',').map(Number) ?? (quick ? [100, 1_000] : fleets.map((each) => each.nodes));
  const unknown = nodes.find((each) => !fleets.some((fleet) => fleet.nodes === each));
  if (unknown !== undefined) return `--nodes takes some of ${fleets.map((each) => String(each.nodes)).join(', ')}.`;
  return {
    parts: positionals.length === 0 ? partNames : partNames.filter((name) => positionals.includes(name)),
    quick,
    fleets: fleets.filter((each) => nodes.includes(each.nodes)),
    build: values['no-build'] !== true,
    out: values.out ?? null,
  };
}
