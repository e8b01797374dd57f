import { MAX_MAP_NODES, type CellCode, type MapNodes, type MapSection, type MapUpdate } from '../../contract/map.ts';
import type { FleetNode, NodeUse } from '../../domain/fleet.ts';
import { groupBy } from '../../domain/group-by.ts';
import { nodeLoad } from '../../domain/node-load.ts';
import { createMoveLog } from './move-log.ts';
import type { NodeDiff } from './node-registry.ts';
import { createSectionKeys } from './map-section-keys.ts';
import { createSlots, type Slots } from './map-slots.ts';
import { sortNodes } from './node-order.ts';
import type { NodeRecord } from './node-record.ts';
import { baseNumber, evictTombstones, formatVersion, FROM_START } from './delta-version.ts';

/** The layout of the map: which node is in which slot of which section, the same for every page. */
export interface NodeMap {
  /** Applies the newest difference. `now`: ms since 1970. */
  update(difference: NodeDiff, records: ReadonlyMap<string, NodeRecord>, now: number): void;
  /** Grows with each change. */
  number(): number;
  /** When time alone next changes the map, ms since 1970: a node stops being new, or loads are due. Null: not by itself. */
  nextChange(): number | null;
  /** Assigns the nodes their cells and places, if that is still pending. */
  build(): void;
  since(version: string | null): MapUpdate;
  /** Null for a section that does not exist. */
  nodes(section: string, from: number, to: number): MapNodes | null;
}

/** Loads change all the time on a busy fleet, so they alone change the map at most this often, ms. */
export const LOADS_EVERY_MS = 10_000;

/** How many removed sections are remembered, for pages that still show them. */
const MAX_REMOVED_SECTIONS = 2_000;

interface Section {
  readonly place: Pick<MapSection, 'key' | 'clusterId' | 'jobClusterId' | 'templateId'>;
  readonly slots: Slots;
}

/** The map of one epoch of the fleet, from number 0 (nothing) up. */
export function createNodeMap(epoch: string, keptRemoved = MAX_REMOVED_SECTIONS): NodeMap {
  const sections = new Map<string, Section>();
  const removed = new Map<string, number>();
  const moves = createMoveLog();
  /** In order of arrival, so the first is the next to stop being new. */
  const arriving = new Set<NodeRecord>();
  /** Nodes whose load changed since the map last showed loads, and from when it may show them. */
  const staleLoads = new Set<NodeRecord>();
  let loadsDueAt = 0;
  /** The input of a build that nobody needed yet; null once the map is built. `now`: of the newest difference. */
  let pendingBuild: { readonly records: ReadonlyMap<string, NodeRecord>; readonly now: number } | null = null;
  /** A page at a smaller number than this may show a section whose removal was evicted. */
  let completeFrom = 0;
  let n = 0;

  const version = () => formatVersion(epoch, n);

  function sectionOf(node: FleetNode, key: string, to: number): Section {
    const existing = sections.get(key);
    if (existing !== undefined) return existing;
    const { clusterId, jobClusterId, templateId } = node;
    const section = { place: { key, clusterId, jobClusterId, templateId }, slots: createSlots(to) };
    sections.set(key, section);
    removed.delete(key);
    return section;
  }

  function enter(record: NodeRecord, section: Section, to: number, now: number) {
    record.cell = cellOf(record, now);
    record.load = nodeLoad(record.node);
    staleLoads.delete(record);
    record.place = { section: section.place.key, slot: section.slots.enter(record, to) };
    if (record.arrivingUntil !== null && record.arrivingUntil > now) arriving.add(record);
  }

  function leave({ place }: NodeRecord, to: number) {
    if (place !== null) sections.get(place.section)?.slots.leave(place.slot, to);
  }

  /** Updates the cell of a node, and its load with it; whether it changed. A load that changed alone waits. */
  function updateCell(record: NodeRecord, to: number, now: number): boolean {
    const { place } = record;
    const cell = cellOf(record, now);
    const load = nodeLoad(record.node);
    if (place === null) return false;
    if (cell === record.cell) {
      if (load === record.load) staleLoads.delete(record);
      else staleLoads.add(record);
      return false;
    }
    staleLoads.delete(record);
    record.cell = cell;
    record.load = load;
    sections.get(place.section)?.slots.set(place.slot, record, to);
    return true;
  }

  /** Shows the loads that wait, if they are due; whether there were any. */
  function showLoads(to: number, now: number): boolean {
    if (staleLoads.size === 0 || now < loadsDueAt) return false;
    for (const record of staleLoads) {
      record.load = nodeLoad(record.node);
      if (record.place !== null) sections.get(record.place.section)?.slots.set(record.place.slot, record, to);
    }
    staleLoads.clear();
    loadsDueAt = now + LOADS_EVERY_MS;
    return true;
  }

  function removeEmptySections(to: number) {
    for (const [key, { slots }] of sections) {
      if (slots.changedAt() !== to) continue;
      if (slots.filled() > 0) slots.trim();
      else {
        sections.delete(key);
        removed.set(key, to);
      }
    }
    completeFrom = Math.max(completeFrom, evictTombstones(removed, keptRemoved));
  }

  /**
   * During the initial load all nodes are placed from scratch each time, so that places are the same after each start. That
   * takes a while for 100,000 nodes, so it is deferred until somebody needs the map.
   */
  function build() {
    if (pendingBuild === null) return;
    const { records, now } = pendingBuild;
    pendingBuild = null;
    sections.clear();
    removed.clear();
    moves.clear();
    arriving.clear();
    staleLoads.clear();
    const keyOf = createSectionKeys();
    const members = groupBy(records.values(), ({ node }) => keyOf(node));
    // The result is as if all came in order of id, but sorting each section is much faster than sorting 100,000 nodes.
    const bySection = [...members].map(([key, each]) => ({ key, records: sortedById(each) }));
    for (const { key, records: each } of bySection.sort((a, b) =>
      (a.records[0]?.node.id ?? '') < (b.records[0]?.node.id ?? '') ? -1 : 1,
    )) {
      for (const record of each) enter(record, sectionOf(record.node, key, n), n, now);
    }
    const byTime = [...arriving].sort((a, b) => (a.arrivingUntil ?? 0) - (b.arrivingUntil ?? 0));
    arriving.clear();
    for (const record of byTime) arriving.add(record);
  }

  return {
    update({ added, removed, changed, isInitialLoad }, records, now) {
      if (pendingBuild !== null) {
        if (added.length + removed.length + changed.length > 0) n += 1;
        completeFrom = n;
        pendingBuild = { records, now };
        return;
      }
      const keyOf = createSectionKeys();
      const moved = changed
        .filter(({ record }) => record.place?.section !== keyOf(record.node))
        .map(({ record }) => record);
      if (isInitialLoad && added.length + removed.length + moved.length > 0) {
        n += 1;
        completeFrom = n;
        pendingBuild = { records, now };
        return;
      }
      const to = n + 1;
      let hasChanged = added.length + removed.length + moved.length > 0;
      for (const record of removed) {
        arriving.delete(record);
        staleLoads.delete(record);
      }
      moves.add(moved, to);
      moves.forget(removed);
      // All departures before all arrivals, so that the result does not depend on their order.
      for (const record of [...removed, ...moved]) leave(record, to);
      for (const record of sortedById([...added, ...moved]))
        enter(record, sectionOf(record.node, keyOf(record.node), to), to, now);
      for (const { record } of changed) hasChanged = updateCell(record, to, now) || hasChanged;
      for (const record of arriving) {
        if ((record.arrivingUntil ?? 0) > now) break;
        arriving.delete(record);
        hasChanged = updateCell(record, to, now) || hasChanged;
      }
      hasChanged = showLoads(to, now) || hasChanged;
      if (!hasChanged) return;
      n = to;
      removeEmptySections(to);
    },
    number: () => n,
    build,
    nextChange() {
      const due = staleLoads.size === 0 ? null : loadsDueAt;
      for (const { arrivingUntil } of arriving)
        return due === null ? arrivingUntil : Math.min(due, arrivingUntil ?? due);
      return due;
    },
    since(base) {
      build();
      const since = baseNumber(base, { epoch, n, completeFrom });
      const whole = since === FROM_START;
      return {
        version: version(),
        whole,
        sections: [...sections.values()]
          .filter(({ slots }) => slots.changedAt() > since)
          .map(({ place, slots }) => ({ ...place, ...slots.read(since) })),
        removed: whole ? [] : [...removed].filter(([, at]) => at > since).map(([key]) => key),
        moved: whole ? [] : moves.since(since),
      };
    },
    nodes(key, from, to) {
      build();
      const slots = sections.get(key)?.slots;
      if (slots === undefined) return null;
      const end = Math.min(to, from + MAX_MAP_NODES, slots.length());
      const held = Array.from({ length: Math.max(0, end - from) }, (_, index) => slots.at(from + index)?.node ?? null);
      return {
        version: version(),
        section: key,
        from,
        ids: held.map((node) => node?.id ?? null),
        hostnames: held.map((node) => node?.hostname ?? null),
      };
    },
  };
}

/** The cell of a node; `now`: ms since 1970. */
function cellOf({ node, arrivingUntil }: NodeRecord, now: number): CellCode {
  if (node.state !== 'alive') return node.state === 'dead' ? 'd' : 'u';
  if (arrivingUntil !== null && arrivingUntil > now) return 'n';
  return node.use.known ? cellOfUse[node.use.value] : 'a';
}

const cellOfUse = { used: 'b', reserved: 'r', idle: 'i' } as const satisfies Record<NodeUse, CellCode>;

/** By id, so that Ray's order does not matter. */
function sortedById(records: Iterable<NodeRecord>): readonly NodeRecord[] {
  return sortNodes('id', [...records]).records;
}
