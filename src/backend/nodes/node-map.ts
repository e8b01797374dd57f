import { MAX_MAP_NODES, type CellCode, type MapNodes, type MapSection, type MapUpdate } from '../../contract/map.ts';
import type { FleetNode } from '../../domain/fleet.ts';
import { groupBy } from '../../domain/group-by.ts';
import type { NodeDiff } from './node-registry.ts';
import { createSlots, type Slots } from './map-slots.ts';
import { sortNodes } from './node-order.ts';
import type { NodeRecord } from './node-record.ts';
import { baseNumber, evictTombstones, formatVersion, FROM_START } from './delta-version.ts';

/** Which node is in which slot of which section, the same for every page. */
export interface NodeMap {
  /** Takes what differs in the newest picture. `now`: ms since 1970. */
  update(difference: NodeDiff, records: ReadonlyMap<string, NodeRecord>, now: number): void;
  /** Grows with each change. */
  number(): number;
  /** When a node next stops to be arriving, ms since 1970; null when none is, or nobody has asked yet. */
  nextChange(): number | null;
  /** Gives the nodes their cells and places, if they wait for that: until somebody asks for them, nobody needs to know. */
  build(): void;
  since(version: string | null): MapUpdate;
  /** Null for a section that isn't there. */
  nodes(section: string, from: number, to: number): MapNodes | null;
}

/** How many sections that went away are remembered, for those who still show them. */
const MAX_REMOVED_SECTIONS = 2_000;

interface Section {
  readonly place: Pick<MapSection, 'key' | 'clusterId' | 'jobClusterId' | 'templateId'>;
  readonly slots: Slots;
}

/** The map of one epoch of the fleet, from number 0 (nothing) up. */
export function createNodeMap(epoch: string, keptRemoved = MAX_REMOVED_SECTIONS): NodeMap {
  const sections = new Map<string, Section>();
  const removed = new Map<string, number>();
  /** In the order in which they came, so the first is the first to have arrived. */
  const arriving = new Set<NodeRecord>();
  /** What came before anybody asked for the map; null once it is built. `now`: of the newest picture. */
  let pendingBuild: { readonly records: ReadonlyMap<string, NodeRecord>; readonly now: number } | null = null;
  /** Who has the map of a smaller number may show a section whose end is forgotten. */
  let completeFrom = 0;
  let n = 0;

  const version = () => formatVersion(epoch, n);

  function sectionOf(node: FleetNode, key: string, to: number): Section {
    const there = sections.get(key);
    if (there !== undefined) return there;
    const { clusterId, jobClusterId, templateId } = node;
    const section = { place: { key, clusterId, jobClusterId, templateId }, slots: createSlots(to) };
    sections.set(key, section);
    removed.delete(key);
    return section;
  }

  function enter(record: NodeRecord, section: Section, to: number, now: number) {
    record.cell = cellOf(record, now);
    record.place = { section: section.place.key, slot: section.slots.enter(record, to) };
    if (record.arrivingUntil !== null && record.arrivingUntil > now) arriving.add(record);
  }

  function leave({ place }: NodeRecord, to: number) {
    if (place !== null) sections.get(place.section)?.slots.leave(place.slot, to);
  }

  /** Whether it is something else on the map now. */
  function mark(record: NodeRecord, to: number, now: number): boolean {
    const { place } = record;
    const cell = cellOf(record, now);
    if (place === null || cell === record.cell) return false;
    record.cell = cell;
    sections.get(place.section)?.slots.set(place.slot, cell, to);
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
   * While the fleet is only just being learned, all are put in their places anew, so that these are the same at each start.
   * With 100,000 nodes that takes a while: so it is done for those who ask, and once for however many pictures.
   */
  function build() {
    if (pendingBuild === null) return;
    const { records, now } = pendingBuild;
    pendingBuild = null;
    sections.clear();
    removed.clear();
    arriving.clear();
    const keyOf = createSectionKeys();
    const members = groupBy(records.values(), ({ node }) => keyOf(node));
    // As if all came in the order of their ids; but few at a time are sorted much sooner than 100,000.
    const inPlaces = [...members].map(([key, each]) => ({ key, records: sortedById(each) }));
    for (const { key, records: each } of inPlaces.sort((a, b) =>
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
      for (const record of removed) arriving.delete(record);
      // All who go make room before anybody comes, so that it doesn't matter who is looked at first.
      for (const record of [...removed, ...moved]) leave(record, to);
      for (const record of sortedById([...added, ...moved]))
        enter(record, sectionOf(record.node, keyOf(record.node), to), to, now);
      for (const { record } of changed) hasChanged = mark(record, to, now) || hasChanged;
      for (const record of arriving) {
        if ((record.arrivingUntil ?? 0) > now) break;
        arriving.delete(record);
        hasChanged = mark(record, to, now) || hasChanged;
      }
      if (!hasChanged) return;
      n = to;
      removeEmptySections(to);
    },
    number: () => n,
    build: build,
    nextChange() {
      for (const { arrivingUntil } of arriving) return arrivingUntil;
      return null;
    },
    since(from) {
      build();
      const since = baseNumber(from, { epoch, n, completeFrom });
      const whole = since === FROM_START;
      return {
        version: version(),
        whole,
        sections: [...sections.values()]
          .filter(({ slots }) => slots.changedAt() > since)
          .map(({ place, slots }) => ({ ...place, ...slots.read(since) })),
        removed: whole ? [] : [...removed].filter(([, at]) => at > since).map(([key]) => key),
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

/** What a node is on the map; `now`: ms since 1970. */
function cellOf({ node, arrivingUntil }: NodeRecord, now: number): CellCode {
  if (node.state !== 'alive') return node.state === 'dead' ? 'd' : 'u';
  if (arrivingUntil !== null && arrivingUntil > now) return 'n';
  if (!node.busy.known) return 'a';
  return node.busy.value ? 'b' : 'i';
}

/** The holder and the template, in a text that two pairs never share. */
function sectionKey({ clusterId, jobClusterId, templateId }: FleetNode): string {
  return `${escaped(clusterId)}/${escaped(jobClusterId)}/${escaped(templateId)}`;
}

/** Tells the key of each node's section, and makes each of them once: there are many more nodes than sections. */
function createSectionKeys(): (node: FleetNode) => string {
  const known = new Map<string | null, Map<string | null, Map<string | null, string>>>();
  return (node) => {
    const { clusterId, jobClusterId, templateId } = node;
    let inCluster = known.get(clusterId);
    if (inCluster === undefined) known.set(clusterId, (inCluster = new Map()));
    let inJobCluster = inCluster.get(jobClusterId);
    if (inJobCluster === undefined) inCluster.set(jobClusterId, (inJobCluster = new Map()));
    let key = inJobCluster.get(templateId);
    if (key === undefined) inJobCluster.set(templateId, (key = sectionKey(node)));
    return key;
  };
}

/** Nothing is not the empty text, though Ray knows none of that name either. */
function escaped(part: string | null): string {
  if (part === null) return '';
  if (part === '') return '%';
  return /[%/]/.test(part) ? part.replaceAll('%', '%25').replaceAll('/', '%2F') : part;
}

/** By id, whatever order Ray told them in. */
function sortedById(records: Iterable<NodeRecord>): readonly NodeRecord[] {
  return sortNodes('id', [...records]).records;
}
