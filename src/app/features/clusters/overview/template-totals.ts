import { compareTemplates } from '../../../../domain/replica-sets.ts';
import { shownValue, type Recalled } from '../../../../domain/sourced.ts';
import type { FreePool, FreeTemplate, VirtualCluster } from '../../../../domain/fleet.ts';

/** What a node of the fleet does, in the order of every bar. */
export const nodeParts = ['used', 'reserved', 'idle', 'free', 'dead'] as const;
export type NodePart = (typeof nodeParts)[number];

/** One template's nodes over all virtual clusters and the free pool. */
export interface TemplateTotals {
  readonly templateId: string;
  /** What is known now, or was known last. */
  readonly parts: Readonly<Record<NodePart, number>>;
  /** Nodes of which it is not known what they do; among them those of job clusters in the primary cluster. */
  readonly unknown: number;
  /** The nodes of the template, the dead included. */
  readonly all: number;
  /** When the oldest of the parts that are not current was read, ms since 1970; null while all are current. */
  readonly asOf: number | null;
  /** The pool's own counts; null where the pool has no node of the template. */
  readonly pool: FreeTemplate | null;
}

/** Every template of the fleet, in display order, the head's own last. */
export function templateTotals(clusters: Iterable<VirtualCluster>, pool: FreePool): readonly TemplateTotals[] {
  const sums = new Map<string, Sum>();
  for (const each of pool.templates) sums.set(each.templateId, { ...nothing(), pool: each });
  for (const { templates } of clusters) {
    for (const each of templates) {
      const sum = sums.get(each.templateId) ?? nothing();
      sums.set(each.templateId, sum);
      sum.held += each.count;
      for (const part of ['used', 'reserved', 'idle', 'dead'] as const) add(sum, part, each[part]);
    }
  }
  return [...sums]
    .map(([templateId, sum]) => totalsOf(templateId, sum))
    .sort(
      (a, b) =>
        Number(a.pool?.isHeadTemplate ?? false) - Number(b.pool?.isHeadTemplate ?? false) ||
        compareTemplates(a.templateId, b.templateId),
    );
}

interface Sum {
  readonly parts: Record<NodePart, number>;
  held: number;
  asOf: number | null;
  readonly pool: FreeTemplate | null;
}

function nothing(): Sum {
  return { parts: { used: 0, reserved: 0, idle: 0, free: 0, dead: 0 }, held: 0, asOf: null, pool: null };
}

function add(sum: Sum, part: NodePart, fact: Recalled<number>): void {
  sum.parts[part] += shownValue(fact)?.value ?? 0;
  age(sum, fact);
}

function age(sum: Sum, fact: Recalled<unknown>): void {
  if (!fact.known && fact.last !== undefined) sum.asOf = Math.min(sum.asOf ?? fact.last.at, fact.last.at);
}

function totalsOf(templateId: string, sum: Sum): TemplateTotals {
  const { parts, held, pool } = sum;
  if (pool !== null) {
    parts.free = shownValue(pool.free)?.value.count ?? 0;
    age(sum, pool.free);
    age(sum, pool.alive);
  }
  const known = nodeParts.reduce((total, part) => total + parts[part], 0);
  const alive = pool === null ? null : (shownValue(pool.alive)?.value ?? null);
  // A node dies, or is taken, between two readings: then what is known is more than all, and nothing is unknown.
  const all = Math.max(known, held + parts.free, (alive ?? 0) + parts.dead);
  return { templateId, parts, unknown: all - known, all, asOf: sum.asOf, pool };
}
