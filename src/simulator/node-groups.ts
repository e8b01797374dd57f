import type { SimNode } from './world.ts';

/** Nodes by template, each change and count in constant time. */
export class NodeGroups {
  readonly #groups = new Map<string, Set<SimNode>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(node: SimNode): void {
    let group = this.#groups.get(node.templateId);
    if (group === undefined) {
      group = new Set();
      this.#groups.set(node.templateId, group);
    }
    if (group.has(node)) return;
    group.add(node);
    this.#size += 1;
  }

  delete(node: SimNode): void {
    const group = this.#groups.get(node.templateId);
    if (group === undefined || !group.delete(node)) return;
    this.#size -= 1;
    if (group.size === 0) this.#groups.delete(node.templateId);
  }

  count(templateId: string): number {
    return this.#groups.get(templateId)?.size ?? 0;
  }

  /** How many of each template, in no order to rely on. */
  *counts(): Generator<readonly [templateId: string, count: number]> {
    for (const [templateId, group] of this.#groups) yield [templateId, group.size];
  }

  of(templateId: string): Iterable<SimNode> {
    return this.#groups.get(templateId) ?? [];
  }

  *[Symbol.iterator](): Generator<SimNode> {
    for (const group of this.#groups.values()) yield* group;
  }

  /** At most `count` nodes of a template that are as wanted. */
  find(templateId: string, count: number, isWanted: (node: SimNode) => boolean = () => true): readonly SimNode[] {
    const found: SimNode[] = [];
    if (count <= 0) return found;
    for (const node of this.of(templateId)) {
      if (!isWanted(node)) continue;
      found.push(node);
      if (found.length === count) break;
    }
    return found;
  }
}

/** How many nodes of each template. */
export function countByTemplate(nodes: Iterable<SimNode>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { templateId } of nodes) counts.set(templateId, (counts.get(templateId) ?? 0) + 1);
  return counts;
}
