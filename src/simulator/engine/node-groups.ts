import type { SimNode } from './world.ts';

/** Nodes of one template, the one added last found first. */
class NodeGroup {
  readonly #nodes: SimNode[] = [];
  readonly #places = new Map<SimNode, number>();

  get size(): number {
    return this.#nodes.length;
  }

  add(node: SimNode): void {
    if (this.#places.has(node)) return;
    this.#places.set(node, this.#nodes.length);
    this.#nodes.push(node);
  }

  /** The last takes its place, so that it costs the same in any group. */
  delete(node: SimNode): void {
    const place = this.#places.get(node);
    if (place === undefined) return;
    this.#places.delete(node);
    const last = this.#nodes.pop();
    if (last !== undefined && last !== node) {
      this.#nodes[place] = last;
      this.#places.set(last, place);
    }
  }

  *[Symbol.iterator](): Generator<SimNode> {
    for (let index = this.#nodes.length - 1; index >= 0; index -= 1) {
      const node = this.#nodes[index];
      if (node !== undefined) yield node;
    }
  }
}

/** Nodes by template, each change and count in constant time. Nodes that came back are the next to be taken again. */
export class NodeGroups {
  readonly #groups = new Map<string, NodeGroup>();

  add(node: SimNode): void {
    let group = this.#groups.get(node.templateId);
    if (group === undefined) {
      group = new NodeGroup();
      this.#groups.set(node.templateId, group);
    }
    group.add(node);
  }

  delete(node: SimNode): void {
    const group = this.#groups.get(node.templateId);
    group?.delete(node);
    if (group?.size === 0) this.#groups.delete(node.templateId);
  }

  count(templateId: string): number {
    return this.#groups.get(templateId)?.size ?? 0;
  }

  /** How many of each template, in no order to rely on. */
  *counts(): Generator<readonly [templateId: string, count: number]> {
    for (const [templateId, group] of this.#groups) yield [templateId, group.size];
  }

  *[Symbol.iterator](): Generator<SimNode> {
    for (const group of this.#groups.values()) yield* group;
  }

  /** At most `count` nodes of a template that are as wanted. */
  find(templateId: string, count: number, isWanted: (node: SimNode) => boolean = () => true): readonly SimNode[] {
    const found: SimNode[] = [];
    if (count <= 0) return found;
    for (const node of this.#groups.get(templateId) ?? []) {
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
