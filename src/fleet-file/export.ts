import { isMap, isSeq, type YAMLMap, type YAMLSeq } from 'yaml';
import { checkNewClusterId, type ClusterIdProblem } from '../domain/cluster-id.ts';
import { compareNames } from '../domain/natural-order.ts';
import { driftOf } from './drift.ts';
import { editsOfCluster } from './edit-cluster.ts';
import type { FileCluster, FleetCluster } from './fleet-cluster.ts';
import { parseFleetFile } from './parse.ts';
import { renderFile, renderFlowItem, renderItem, renderList } from './render.ts';
import { applyEdits, columnOf, endOf, lineBelow, startOfLine, startOfNextLine, type TextEdit } from './text-edits.ts';
import { nodeAt, startOf, type YamlSource } from './yaml-source.ts';

export interface Exported {
  readonly text: string;
  /** In the fleet, and no file can hold them: nobody could create or remove them by their ids. */
  readonly leftOut: readonly { readonly id: string; readonly problem: ClusterIdProblem }[];
  /** Only in the file; removed from it where it was to be pruned. */
  readonly gone: readonly string[];
}

/** The fleet as a new file. */
export function exportFleet(fleet: readonly FleetCluster[]): Exported {
  const { writable, leftOut } = writableOf(fleet);
  return { text: renderFile(writable), leftOut, gone: [] };
}

/**
 * The fleet, written into a file that is there: only what differs is changed, so comments, order and formatting stay. Null: the
 * file is written in a way that can't be edited so.
 */
export function exportInto(
  fleet: readonly FleetCluster[],
  file: { readonly clusters: readonly FileCluster[]; readonly source: YamlSource },
  { prune }: { readonly prune: boolean },
): Exported | null {
  const { writable, leftOut } = writableOf(fleet);
  const gone = driftOf(file.clusters, fleet).flatMap(({ kind, clusterId }) => (kind === 'missing' ? [clusterId] : []));
  const text = edited(writable, file, new Set(prune ? gone : []));
  if (text === null) return null;
  const written = text === file.source.text ? ({ ok: true, ...file } as const) : parseFleetFile(text);
  if (!written.ok) return null;
  const left = driftOf(written.clusters, writable).filter(({ kind }) => kind !== 'missing' || prune);
  return left.length > 0 ? null : { text, leftOut, gone };
}

function writableOf(fleet: readonly FleetCluster[]) {
  const checked = fleet
    .map((cluster) => ({ cluster, problem: checkNewClusterId(cluster.id) }))
    .toSorted((a, b) => compareNames(a.cluster.id, b.cluster.id));
  return {
    writable: checked.flatMap(({ cluster, problem }) => (problem === null ? [cluster] : [])),
    leftOut: checked.flatMap(({ cluster: { id }, problem }) => (problem === null ? [] : [{ id, problem }])),
  };
}

function edited(
  fleet: readonly FleetCluster[],
  { clusters, source }: { readonly clusters: readonly FileCluster[]; readonly source: YamlSource },
  removed: ReadonlySet<string>,
): string | null {
  const { text, root } = source;
  const { key, node: list } = nodeAt(root, ['clusters']);
  if (!isMap(root) || !isSeq(list)) return null;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const there = new Map(fleet.map((cluster) => [cluster.id, cluster]));
  const known = new Set(clusters.map(({ id }) => id));
  const added = fleet.filter(({ id }) => !known.has(id));
  const keeps = clusters.map(({ id }) => !removed.has(id));
  // A block of no items is no list any more, and an empty one in brackets is the beginning of a block.
  if (root.flow !== true && !keeps.includes(true)) {
    if (removed.size === 0 && added.length === 0) return text;
    const whole = { start: startOf(key), end: endOf(list), text: renderList(added, eol).slice(0, -eol.length) };
    return applyEdits(text, [text[whole.end - 1] === '\n' ? { ...whole, text: whole.text + eol } : whole]);
  }
  const edits: TextEdit[] = [];
  for (const [index, cluster] of clusters.entries()) {
    const now = there.get(cluster.id);
    const item: unknown = list.items[index];
    if (now !== undefined && keeps[index] === true && isMap(item))
      edits.push(...editsOfCluster(cluster, now, item, source, eol));
  }
  const removals = list.flow === true ? flowRemovals(list, keeps) : blockRemovals(list, keeps, text);
  if (removals === null) return null;
  return applyEdits(text, [...edits, ...removals, ...additions(list, keeps, added, text, eol)]);
}

function blockRemovals(list: YAMLSeq, keeps: readonly boolean[], text: string): readonly TextEdit[] | null {
  const edits: TextEdit[] = [];
  for (const [index, item] of list.items.entries()) {
    if (keeps[index] === true) continue;
    let start = startOfLine(text, startOf(item));
    if (!/^\s*-\s*$/.test(text.slice(start, startOf(item)))) return null;
    // The comment right above belongs to it.
    for (let above = start; above > 0;) {
      above = startOfLine(text, above - 1);
      if (!/^\s*#/.test(text.slice(above, start))) break;
      start = above;
    }
    edits.push({ start, end: startOfNextLine(text, endOf(item)), text: '' });
  }
  return edits;
}

function flowRemovals(list: YAMLSeq, keeps: readonly boolean[]): readonly TextEdit[] {
  const { items } = list;
  const lastKept = keeps.lastIndexOf(true);
  const before = items.flatMap((item, index): TextEdit[] =>
    keeps[index] === true || index > lastKept
      ? []
      : [{ start: startOf(item), end: startOf(items[index + 1]), text: '' }],
  );
  if (lastKept === items.length - 1) return before;
  const start = lastKept < 0 ? startOf(items[0]) : endOf(items[lastKept]);
  return [...before, { start, end: endOf(items.at(-1)), text: '' }];
}

function additions(
  list: YAMLSeq,
  keeps: readonly boolean[],
  added: readonly FleetCluster[],
  text: string,
  eol: string,
): readonly TextEdit[] {
  if (added.length === 0) return [];
  const last: unknown = list.items[keeps.lastIndexOf(true)];
  if (list.flow === true) {
    const at = last === undefined ? (list.range?.[0] ?? 0) + 1 : endOf(last);
    return [{ start: at, end: at, text: `${last === undefined ? '' : ', '}${added.map(renderFlowItem).join(', ')}` }];
  }
  const { at, lineIsOver } = lineBelow(text, endOf(last));
  const indent = ' '.repeat(columnOf(text, dashOf(list)));
  const lines = added.flatMap((cluster) => renderItem(cluster, indent));
  return [{ start: at, end: at, text: lines.map((line) => (lineIsOver ? line + eol : eol + line)).join('') }];
}

function dashOf(list: YAMLSeq | YAMLMap): number {
  return list.range?.[0] ?? 0;
}
