import type { Amount, SummaryNode, SummaryNodes, ResourceUse } from '../../domain/sources.ts';
import { createUsagePool } from './amounts.ts';
import { columnOf, type NumberColumn } from './number-column.ts';

/** A node's numbers: used and total of each of its four resources; NaN where it lacks one. */
const NUMBERS = 8;

const ALIVE = 1;
const HEAD = 2;
const USAGE = 4;

/** Collects the nodes of one summary; their usage may come before them, or never. */
export interface SummaryNodesBuilder {
  addNode(nodeId: string, node: Omit<SummaryNode, 'usage'>): void;
  /** `usage`: null for one that can't be read. */
  addUsage(nodeId: string, usage: ResourceUse | null): void;
  usageCount(): number;
  /** A node without a template, or that is alive with a usage that can't be read; null: there is none. */
  malformed(): string | null;
  /** The nodes that came; the usage of dead ones is left out. */
  build(): SummaryNodes;
}

/**
 * Keeps them in columns: while the state API answers, the summary only waits to stand in for it (fact 19), and as objects a node would
 * take three times as much memory. So objects are made of those that are asked for, once.
 */
export function createSummaryNodes(): SummaryNodesBuilder {
  const rows = new Map<string, number>();
  const hostnames: string[] = [];
  const templateIds: string[] = [];
  const flags: number[] = [];
  /** Null: it can't be read. */
  const usageRows = new Map<string, number | null>();
  const usages: number[] = [];

  return {
    addNode(nodeId, { state, hostname, templateId, isHead }) {
      const row = rows.get(nodeId) ?? rows.size;
      rows.set(nodeId, row);
      hostnames[row] = hostname;
      templateIds[row] = templateId;
      flags[row] = (state === 'alive' ? ALIVE : 0) | (isHead ? HEAD : 0);
    },
    addUsage(nodeId, usage) {
      const row = usage === null ? null : usages.length / NUMBERS;
      usageRows.set(nodeId, row);
      if (usage === null || row === null) return;
      const { cpu, gpu, memory, objectStore } = usage;
      writeAmount(usages, row * NUMBERS, cpu);
      writeAmount(usages, row * NUMBERS + 2, gpu);
      writeAmount(usages, row * NUMBERS + 4, memory);
      writeAmount(usages, row * NUMBERS + 6, objectStore);
    },
    usageCount: () => usageRows.size,
    malformed() {
      for (const [nodeId, row] of rows) {
        if (templateIds[row] === '' || (isAlive(flags[row]) && usageRows.get(nodeId) === null)) return nodeId;
      }
      return null;
    },
    build() {
      const numbers = new Float64Array(rows.size * NUMBERS).fill(Number.NaN);
      const bits = Uint8Array.from(flags);
      for (const [nodeId, row] of rows) {
        const from = usageRows.get(nodeId);
        if (from === undefined || from === null || !isAlive(bits[row])) continue;
        bits[row] = (bits[row] ?? 0) | USAGE;
        for (let at = 0; at < NUMBERS; at += 1) numbers[row * NUMBERS + at] = usages[from * NUMBERS + at] ?? Number.NaN;
      }
      const columns = Array.from({ length: NUMBERS }, (_, at) =>
        columnOf(rows.size, (row) => numbers[row * NUMBERS + at] ?? Number.NaN),
      );
      // Copies have no room to grow.
      return nodesIn({
        ids: [...rows.keys()],
        hostnames: hostnames.slice(),
        templateIds: templateIds.slice(),
        bits,
        columns,
      });
    },
  };
}

interface Columns {
  readonly ids: readonly string[];
  readonly hostnames: readonly string[];
  readonly templateIds: readonly string[];
  readonly bits: Uint8Array;
  /** In the order in which an amount is written. */
  readonly columns: readonly NumberColumn[];
}

/** A function of its own: inside the builder, it would keep that and all its parts in memory for as long as the nodes. */
function nodesIn({ ids, hostnames, templateIds, bits, columns }: Columns): SummaryNodes {
  /** By node id; made when the first one is asked for. */
  let rows: ReadonlyMap<string, number> | null = null;
  const made = new Map<number, SummaryNode>();
  const pool = createUsagePool();

  function usageAt(row: number): ResourceUse {
    return pool.share({
      cpu: readAmount(columns, 0, row),
      gpu: readAmount(columns, 2, row),
      memory: readAmount(columns, 4, row),
      objectStore: readAmount(columns, 6, row),
    });
  }

  function nodeAt(row: number): SummaryNode {
    const flags = bits[row] ?? 0;
    return {
      state: isAlive(flags) ? 'alive' : 'dead',
      hostname: hostnames[row] ?? '',
      templateId: templateIds[row] ?? '',
      isHead: (flags & HEAD) !== 0,
      usage: (flags & USAGE) === 0 ? null : usageAt(row),
    };
  }

  return {
    size: ids.length,
    keys: () => ids.values(),
    get(nodeId) {
      rows ??= new Map(ids.map((id, row) => [id, row]));
      const row = rows.get(nodeId);
      if (row === undefined) return undefined;
      const node = made.get(row) ?? nodeAt(row);
      made.set(row, node);
      return node;
    },
  };
}

function isAlive(flags = 0): boolean {
  return (flags & ALIVE) !== 0;
}

function writeAmount(numbers: number[], at: number, amount: Amount | null): void {
  numbers[at] = amount?.used ?? Number.NaN;
  numbers[at + 1] = amount?.total ?? Number.NaN;
}

function readAmount(columns: readonly NumberColumn[], at: number, row: number): Amount | null {
  const total = columns[at + 1]?.at(row) ?? Number.NaN;
  return Number.isNaN(total) ? null : { used: columns[at]?.at(row) ?? Number.NaN, total };
}
