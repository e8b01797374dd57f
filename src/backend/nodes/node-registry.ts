import type { NodeSources } from '../../contract/nodes-last-known.ts';
import { EVENT_RETENTION } from '../../contract/recent-events.ts';
import { ARRIVAL_PERIOD } from '../../contract/map.ts';
import { unknown, type Sourced } from '../../domain/sourced.ts';
import type { Fleet, FleetNode } from '../../domain/fleet.ts';
import { nodeLoad } from '../../domain/node-load.ts';
import { createNodeRecord, reportedState, type NodeRecord } from './node-record.ts';

/** The joined fleet at one time. `at`: when its newest input came, ms since 1970. */
export interface FleetSnapshot {
  readonly fleet: Pick<Fleet, 'nodes' | 'clusters'>;
  readonly sources: NodeSources;
  readonly at: number;
}

interface ChangedNode {
  readonly record: NodeRecord;
  readonly before: FleetNode;
  readonly previousState: NodeRecord['lastKnownState'];
}

/** The difference from the snapshot before. Nodes whose usage changed by less than a step of `nodeLoad` are left out. */
export interface NodeDiff {
  readonly added: readonly NodeRecord[];
  readonly removed: readonly NodeRecord[];
  readonly changed: readonly ChangedNode[];
  /** The sources are being read for the first time, so nothing has happened. */
  readonly isInitialLoad: boolean;
  /** Whether the removed nodes have left. Not when a source failed or recovered: it may hide nodes, or have been the only one to list them. */
  readonly provesDeparture: boolean;
}

/** How often nodes have changed in some respect, for caches to tell when they are stale. */
interface ChangeCounters {
  /** The set of nodes, their host names and templates. */
  readonly identities: number;
  /** Who holds them. */
  readonly holders: number;
  /** Anything, usage included. */
  readonly all: number;
}

/** Every known node, from snapshot to snapshot. */
export interface NodeRegistry {
  readonly records: ReadonlyMap<string, NodeRecord>;
  changeCounters(): ChangeCounters;
  /** Applies the next snapshot. Nodes that kept object identity are unchanged and cost next to nothing. */
  update(snapshot: FleetSnapshot): NodeDiff;
}

/**
 * While no source says which nodes are alive, a node that no source lists stays, as unknown: the outage only hides it.
 * So the records are bounded by the nodes of the last complete snapshot and those added since. A dead node without a
 * holder stays for as long as the event of its death is kept; Ray lists it for much longer.
 */
export function createNodeRegistry(): NodeRegistry {
  const records = new Map<string, NodeRecord>();
  const hidden = new Set<NodeRecord>();
  /** When each death was seen, ms since 1970, in that order. */
  const deaths = new Map<string, number>();
  const counts = { identities: 0, holders: 0, all: 0 };
  let nodesBefore: Fleet['nodes'] | null = null;
  /** The nodes of the snapshot before, and their records, in its order, which the next one mostly has, too. */
  let orderBefore: readonly FleetNode[] = [];
  let recordsBefore: readonly NodeRecord[] = [];
  let answeringBefore = '';
  let isLoaded = false;
  /** How many nodes of the snapshot are long dead and without a holder. */
  let staleDeadCount = 0;

  function updateRecord(record: NodeRecord, node: FleetNode, changed: ChangedNode[], now: number) {
    const { node: before, lastKnownState: previousState } = record;
    record.node = node;
    record.lastKnownState = reportedState(node) ?? previousState;
    if (previousState === 'alive' && record.lastKnownState === 'dead') deaths.set(node.id, now);
    counts.all += 1;
    const isRenamed = before.templateId !== node.templateId || before.hostname !== node.hostname;
    const isMoved = before.clusterId !== node.clusterId || before.jobClusterId !== node.jobClusterId;
    if (isRenamed) counts.identities += 1;
    if (isMoved) counts.holders += 1;
    if (isRenamed || isMoved) record.searchText = null;
    if (
      isRenamed ||
      isMoved ||
      before.state !== node.state ||
      !isSameUse(before.use, node.use) ||
      nodeLoad(before) !== nodeLoad(node)
    )
      changed.push({ record, before, previousState });
  }

  /** Evicts old deaths; whether there were any. */
  function evictDeaths(now: number): boolean {
    const before = deaths.size;
    for (const [id, at] of deaths) {
      if (at > now - EVENT_RETENTION) break;
      deaths.delete(id);
    }
    return deaths.size < before;
  }

  function isStaleDead({ id, state, clusterId, jobClusterId }: FleetNode): boolean {
    // A node that was alive in the snapshot before has only just died.
    return (
      state === 'dead' &&
      clusterId === null &&
      jobClusterId === null &&
      !deaths.has(id) &&
      records.get(id)?.lastKnownState !== 'alive'
    );
  }

  function removeRecord(record: NodeRecord, removed: NodeRecord[]) {
    records.delete(record.node.id);
    hidden.delete(record);
    removed.push(record);
  }

  function findMissing(
    nodes: Fleet['nodes'],
    whyHidden: Sourced<never> | null,
    now: number,
    removed: NodeRecord[],
    changed: ChangedNode[],
  ) {
    for (const [id, record] of records) {
      if (nodes.has(id)) continue;
      if (whyHidden === null) {
        removeRecord(record, removed);
      } else if (!hidden.has(record)) {
        hidden.add(record);
        updateRecord(record, hiddenNode(record.node, whyHidden), changed, now);
      }
    }
  }

  /** The index of the node in the snapshot before, changed or not, if that is `from` or close behind it; else -1. */
  function indexBefore(node: FleetNode, from: number): number {
    if (orderBefore[from] === node || orderBefore[from]?.id === node.id) return from;
    for (let at = from + 1; at <= from + LOOKAHEAD; at++) if (orderBefore[at] === node) return at;
    return -1;
  }

  return {
    records,
    changeCounters: () => counts,
    update({ fleet: { nodes }, sources, at: now }) {
      const answering = nodeSources.filter((name) => isAnswering(sources[name])).join();
      const isLivenessKnown = isAnswering(sources.liveness) || isAnswering(sources.state);
      const isInitialLoad = !isLoaded;
      const provesDeparture = !isInitialLoad && isLivenessKnown && answering === answeringBefore;
      answeringBefore = answering;
      isLoaded ||= isLivenessKnown && allSourcesRead(sources);
      const added: NodeRecord[] = [];
      const removed: NodeRecord[] = [];
      const changed: ChangedNode[] = [];
      const track = (node: FleetNode, known: NodeRecord | undefined): NodeRecord => {
        const record = known ?? records.get(node.id);
        if (record === undefined) {
          const created = createNodeRecord(node, provesDeparture ? now + ARRIVAL_PERIOD : null);
          records.set(node.id, created);
          added.push(created);
          return created;
        }
        if (hidden.size > 0) hidden.delete(record);
        if (record.node !== node) updateRecord(record, node, changed, now);
        return record;
      };

      const isAnyEvicted = evictDeaths(now);
      if (nodes !== nodesBefore || isAnyEvicted) {
        staleDeadCount = 0;
        const order: FleetNode[] = [];
        const inOrder: NodeRecord[] = [];
        let next = 0;
        for (const node of nodes.values()) {
          if (isStaleDead(node)) {
            staleDeadCount += 1;
            const record = records.get(node.id);
            if (record !== undefined) removeRecord(record, removed);
            continue;
          }
          const at = indexBefore(node, next);
          const known = recordsBefore[at];
          order.push(node);
          inOrder.push(known !== undefined && orderBefore[at] === node ? known : track(node, known));
          next = at === -1 ? next : at + 1;
        }
        nodesBefore = nodes;
        orderBefore = order;
        recordsBefore = inOrder;
      }
      if (records.size > nodes.size - staleDeadCount + (isLivenessKnown ? 0 : hidden.size)) {
        const why = unknown(sources.liveness.failure?.reason ?? 'not-read-yet', 'liveness');
        findMissing(nodes, isLivenessKnown ? null : why, now, removed, changed);
      }
      if (added.length + removed.length > 0) {
        counts.identities += 1;
        counts.holders += 1;
        counts.all += 1;
      }
      return { added, removed, changed, isInitialLoad, provesDeparture };
    },
  };
}

/** How many consecutive removed nodes are skipped; behind more, each node is looked up by id. */
const LOOKAHEAD = 16;

/** The sources that list nodes besides the management list. */
const nodeSources = ['liveness', 'state', 'summary'] as const;

type Health = FleetSnapshot['sources']['list'];

function isAnswering({ readAt, failure }: Health): boolean {
  return readAt !== null && failure === null;
}

/** Whether the list has come, and each source of liveness was read at least once, or failed. */
function allSourcesRead({ list, liveness, state }: FleetSnapshot['sources']): boolean {
  const isListKnown = list.readAt !== null || list.failure?.reason === 'not-offered';
  return isListKnown && [liveness, state].every(({ readAt, failure }) => readAt !== null || failure !== null);
}

/** A hidden node of unknown state. It is no member of a virtual cluster, since the list would have it. */
function hiddenNode(node: FleetNode, why: Sourced<never>): FleetNode {
  const { clusterId, jobClusterId } = node;
  return {
    ...node,
    clusterId: null,
    jobClusterId: clusterId === null ? jobClusterId : null,
    state: 'unknown',
    usage: why,
    use: why,
  };
}

function isSameUse(a: FleetNode['use'], b: FleetNode['use']): boolean {
  return a === b || (a.known ? b.known && a.value === b.value : !b.known);
}
