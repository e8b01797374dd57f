import { compareNames } from './natural-order.ts';

/**
 * How many nodes of each template: template id to count. A plain object so that it travels as JSON;
 * read it with `countOf`, never by index: a template may be named `constructor`.
 */
export type ReplicaSets = Readonly<Record<string, number>>;

/** The largest count Ray takes: a signed 32-bit integer (fact 11). */
export const MAX_REPLICAS = 2_147_483_647;

/** How many nodes of one template; 0 for a template that is not named (fact 8). */
export function countOf(sets: ReplicaSets, templateId: string): number {
  return Object.hasOwn(sets, templateId) ? (sets[templateId] ?? 0) : 0;
}

/** Replica sets from pairs; safe for every template name, `__proto__` included. */
export function replicaSetsOf(pairs: Iterable<readonly [templateId: string, count: number]>): ReplicaSets {
  return Object.fromEntries(pairs);
}

/** The template names of all the given sets, each once, in the order in which people read them. */
export function templatesOf(...sets: readonly ReplicaSets[]): string[] {
  return [...new Set(sets.flatMap((each) => Object.keys(each)))].sort(compareTemplates);
}

/** The order of templates on the screen: numbers in names by value, so 4c8g stands before 16c32g. */
export function compareTemplates(a: string, b: string): number {
  return compareNames(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

/** Whether both ask for the same; a template with 0 and one left out are the same (fact 8). */
export function sameReplicaSets(a: ReplicaSets, b: ReplicaSets): boolean {
  return templatesOf(a, b).every((templateId) => countOf(a, templateId) === countOf(b, templateId));
}

/** All nodes, over all templates. */
export function totalReplicas(sets: ReplicaSets): number {
  return Object.values(sets).reduce((sum, count) => sum + count, 0);
}

/** The replica sets that a cluster's nodes amount to, the dead included (fact 14). */
export function countByTemplate(nodes: Iterable<{ readonly templateId: string }>): ReplicaSets {
  const counts = new Map<string, number>();
  for (const { templateId } of nodes) counts.set(templateId, (counts.get(templateId) ?? 0) + 1);
  return replicaSetsOf([...counts].sort(([a], [b]) => compareTemplates(a, b)));
}
