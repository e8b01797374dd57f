import { compareNames } from './natural-order.ts';

/**
 * Template id to number of nodes. A plain object, so that it can be sent as JSON. Read it with `countOf`, never by
 * index: a template may be named `constructor`.
 */
export type ReplicaSets = Readonly<Record<string, number>>;

/** The largest count Ray accepts: a signed 32-bit integer (fact 11). */
export const MAX_REPLICAS = 2_147_483_647;

/**
 * The most templates that a change may name, and the most characters of their ids in all. A template is a machine type: fleets have
 * a few dozen, named by a few characters. Without a bound, a body's megabyte holds tens of thousands, which the journal would keep
 * and read back for everybody who looks at it.
 */
export const MAX_TEMPLATES = 256;
export const MAX_TEMPLATE_CHARACTERS = 16_384;

/** The number of nodes of a template; 0 for one that is left out (fact 8). */
export function countOf(sets: ReplicaSets, templateId: string): number {
  return Object.hasOwn(sets, templateId) ? (sets[templateId] ?? 0) : 0;
}

/** Replica sets from pairs; safe for any template name, including `__proto__`. */
export function replicaSetsOf(pairs: Iterable<readonly [templateId: string, count: number]>): ReplicaSets {
  return Object.fromEntries(pairs);
}

/** The distinct template names of all given sets, in display order. */
export function templatesOf(...sets: readonly ReplicaSets[]): string[] {
  return [...new Set(sets.flatMap((each) => Object.keys(each)))].sort(compareTemplates);
}

/** The display order of templates: natural order, so 4c8g comes before 16c32g; total, so that distinct names never tie. */
export function compareTemplates(a: string, b: string): number {
  return compareNames(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

/** Whether two requests are equivalent: a template with count 0 and one left out mean the same (fact 8). */
export function sameReplicaSets(a: ReplicaSets, b: ReplicaSets): boolean {
  const isSame = (templateId: string) => countOf(a, templateId) === countOf(b, templateId);
  return Object.keys(a).every(isSame) && Object.keys(b).every(isSame);
}

/** The number of nodes over all templates. */
export function totalReplicas(sets: ReplicaSets): number {
  return Object.values(sets).reduce((sum, count) => sum + count, 0);
}

/** The replica sets of a cluster, counted from its members including dead ones (fact 14). */
export function countByTemplate(nodes: Iterable<{ readonly templateId: string }>): ReplicaSets {
  const counts = new Map<string, number>();
  for (const { templateId } of nodes) counts.set(templateId, (counts.get(templateId) ?? 0) + 1);
  return replicaSetsOf([...counts].sort(([a], [b]) => compareTemplates(a, b)));
}
