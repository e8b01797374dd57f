interface Templated {
  readonly templateId: string;
}

/** Nodes of one template, iterated from the one added last. */
class NodeGroup<N> {
  readonly #nodes: N[] = [];
  readonly #indexes = new Map<N, number>();

  get size(): number {
    return this.#nodes.length;
  }

  add(node: N): void {
    if (this.#indexes.has(node)) return;
    this.#indexes.set(node, this.#nodes.length);
    this.#nodes.push(node);
  }

  /** Constant time: the last node takes the place of the deleted one. */
  delete(node: N): void {
    const index = this.#indexes.get(node);
    if (index === undefined) return;
    this.#indexes.delete(node);
    const last = this.#nodes.pop();
    if (last !== undefined && last !== node) {
      this.#nodes[index] = last;
      this.#indexes.set(last, index);
    }
  }

  *[Symbol.iterator](): Generator<N> {
    for (let index = this.#nodes.length - 1; index >= 0; index -= 1) {
      const node = this.#nodes[index];
      if (node !== undefined) yield node;
    }
  }
}

/** Nodes by template, with changes and counts in constant time. The node added last is the first to be found. */
export class NodeGroups<N extends Templated> {
  readonly #groups = new Map<string, NodeGroup<N>>();

  add(node: N): void {
    let group = this.#groups.get(node.templateId);
    if (group === undefined) {
      group = new NodeGroup<N>();
      this.#groups.set(node.templateId, group);
    }
    group.add(node);
  }

  delete(node: N): void {
    const group = this.#groups.get(node.templateId);
    group?.delete(node);
    if (group?.size === 0) this.#groups.delete(node.templateId);
  }

  count(templateId: string): number {
    return this.#groups.get(templateId)?.size ?? 0;
  }

  /** The number of nodes of each template, in no guaranteed order. */
  *counts(): Generator<readonly [templateId: string, count: number]> {
    for (const [templateId, group] of this.#groups) yield [templateId, group.size];
  }

  *[Symbol.iterator](): Generator<N> {
    for (const group of this.#groups.values()) yield* group;
  }

  /** At most `count` nodes of a template that match. */
  find(templateId: string, count: number, matches: (node: N) => boolean = () => true): readonly N[] {
    const found: N[] = [];
    if (count <= 0) return found;
    for (const node of this.#groups.get(templateId) ?? []) {
      if (!matches(node)) continue;
      found.push(node);
      if (found.length === count) break;
    }
    return found;
  }
}

/** How many nodes of each template. */
export function countByTemplate(nodes: Iterable<Templated>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { templateId } of nodes) counts.set(templateId, (counts.get(templateId) ?? 0) + 1);
  return counts;
}
