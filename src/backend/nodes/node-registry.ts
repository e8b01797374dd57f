import type { FleetUpdate } from '../../contract/fleet.ts';
import { EVENT_RETENTION } from '../../contract/recent-events.ts';
import { ARRIVAL_PERIOD } from '../../contract/map.ts';
import { unknown, type Sourced } from '../../domain/sourced.ts';
import type { Fleet, FleetNode } from '../../domain/fleet.ts';
import { createNodeRecord, reportedState, type NodeRecord } from './node-record.ts';

/** A joined picture of the fleet. `at`: when what is new in it came, ms since 1970. */
export interface FleetSnapshot {
  readonly fleet: Pick<Fleet, 'nodes' | 'clusters'>;
  readonly sources: Pick<FleetUpdate['sources'], 'list' | 'liveness' | 'state' | 'summary'>;
  readonly at: number;
}

interface ChangedNode {
  readonly record: NodeRecord;
  readonly before: FleetNode;
  readonly previousState: NodeRecord['lastKnownState'];
}

/** What differs from the picture before. Nodes of which nothing but the usage does are no part of it. */
export interface NodeDiff {
  readonly added: readonly NodeRecord[];
  readonly removed: readonly NodeRecord[];
  readonly changed: readonly ChangedNode[];
  /** The sources are only just coming in: nothing has happened, it is being learned. */
  readonly isInitialLoad: boolean;
  /** Whether who is missing has left. Not where a source failed or came back: then it hid them, or was the only one to name them. */
  readonly provesDeparture: boolean;
}

/** How often something about nodes has changed, so that what was made of it can tell when it is old. */
interface ChangeCounters {
  /** Which nodes there are, their host names and templates. */
  readonly identities: number;
  /** Who holds them. */
  readonly holders: number;
  /** Anything at all, usage too. */
  readonly all: number;
}

/** Everybody who is known, picture after picture. */
export interface NodeRegistry {
  readonly records: ReadonlyMap<string, NodeRecord>;
  changeCounters(): ChangeCounters;
  /** Takes the next picture; only nodes whose object is another one are looked at closely. */
  update(picture: FleetSnapshot): NodeDiff;
}

/**
 * While nothing tells who lives, a node that no source names stays, as unknown: the outage only hides it. So there are
 * no more records than the last whole picture had nodes, and whoever came since. A dead node that nobody holds stays for as
 * long as its death is told of; Ray tells of it for much longer.
 */
export function createNodeRegistry(): NodeRegistry {
  const records = new Map<string, NodeRecord>();
  const hidden = new Set<NodeRecord>();
  /** When each was seen to die, ms since 1970, in that order. */
  const died = new Map<string, number>();
  const counts = { identities: 0, holders: 0, all: 0 };
  let nodesBefore: Fleet['nodes'] | null = null;
  /** The nodes of the picture before, and their records, in its order, which mostly is the next one's too. */
  let orderBefore: readonly FleetNode[] = [];
  let recordsBefore: readonly NodeRecord[] = [];
  let answeringBefore = '';
  let isLoaded = false;
  /** How many nodes of the picture are dead for long, and nobody's. */
  let staleDeadCount = 0;

  function updateRecord(record: NodeRecord, node: FleetNode, changed: ChangedNode[], now: number) {
    const { node: before, lastKnownState: livedBefore } = record;
    record.node = node;
    record.lastKnownState = reportedState(node) ?? livedBefore;
    if (livedBefore === 'alive' && record.lastKnownState === 'dead') died.set(node.id, now);
    counts.all += 1;
    const isRenamed = before.templateId !== node.templateId || before.hostname !== node.hostname;
    const isMoved = before.clusterId !== node.clusterId || before.jobClusterId !== node.jobClusterId;
    if (isRenamed) counts.identities += 1;
    if (isMoved) counts.holders += 1;
    if (isRenamed || isMoved) record.searchText = null;
    if (isRenamed || isMoved || before.state !== node.state || !sameBusy(before.busy, node.busy))
      changed.push({ record, before, previousState: livedBefore });
  }

  /** Forgets who died long ago; whether anybody did. */
  function forgetDeaths(now: number): boolean {
    const before = died.size;
    for (const [id, at] of died) {
      if (at > now - EVENT_RETENTION) break;
      died.delete(id);
    }
    return died.size < before;
  }

  function isStaleDead({ id, state, clusterId, jobClusterId }: FleetNode): boolean {
    // One that lived in the picture before dies in this one.
    return (
      state === 'dead' &&
      clusterId === null &&
      jobClusterId === null &&
      !died.has(id) &&
      records.get(id)?.lastKnownState !== 'alive'
    );
  }

  function removeRecord(record: NodeRecord, gone: NodeRecord[]) {
    records.delete(record.node.id);
    hidden.delete(record);
    gone.push(record);
  }

  function findMissing(
    nodes: Fleet['nodes'],
    whyHidden: Sourced<never> | null,
    now: number,
    gone: NodeRecord[],
    changed: ChangedNode[],
  ) {
    for (const [id, record] of records) {
      if (nodes.has(id)) continue;
      if (whyHidden === null) {
        removeRecord(record, gone);
      } else if (!hidden.has(record)) {
        hidden.add(record);
        updateRecord(record, hiddenNode(record.node, whyHidden), changed, now);
      }
    }
  }

  /** Where the node stood in the picture before, changed or not, if that is at `from` or little behind; else -1. */
  function standsAt(node: FleetNode, from: number): number {
    if (orderBefore[from] === node || orderBefore[from]?.id === node.id) return from;
    for (let at = from + 1; at <= from + LOOKAHEAD; at++) if (orderBefore[at] === node) return at;
    return -1;
  }

  return {
    records,
    changeCounters: () => counts,
    update({ fleet: { nodes }, sources, at: now }) {
      const answering = nodeSources.filter((name) => isAnswering(sources[name])).join();
      const tellsWhoLives = isAnswering(sources.liveness) || isAnswering(sources.state);
      const isGathering = !isLoaded;
      const tellsLeaving = !isGathering && tellsWhoLives && answering === answeringBefore;
      answeringBefore = answering;
      isLoaded ||= tellsWhoLives && allSourcesRead(sources);
      const come: NodeRecord[] = [];
      const gone: NodeRecord[] = [];
      const changed: ChangedNode[] = [];
      const look = (node: FleetNode, known: NodeRecord | undefined): NodeRecord => {
        const record = known ?? records.get(node.id);
        if (record === undefined) {
          const entered = createNodeRecord(node, tellsLeaving ? now + ARRIVAL_PERIOD : null);
          records.set(node.id, entered);
          come.push(entered);
          return entered;
        }
        if (hidden.size > 0) hidden.delete(record);
        if (record.node !== node) updateRecord(record, node, changed, now);
        return record;
      };

      const isAnyForgotten = forgetDeaths(now);
      if (nodes !== nodesBefore || isAnyForgotten) {
        staleDeadCount = 0;
        const order: FleetNode[] = [];
        const inOrder: NodeRecord[] = [];
        let next = 0;
        for (const node of nodes.values()) {
          if (isStaleDead(node)) {
            staleDeadCount += 1;
            const record = records.get(node.id);
            if (record !== undefined) removeRecord(record, gone);
            continue;
          }
          const at = standsAt(node, next);
          const known = recordsBefore[at];
          order.push(node);
          inOrder.push(known !== undefined && orderBefore[at] === node ? known : look(node, known));
          next = at === -1 ? next : at + 1;
        }
        nodesBefore = nodes;
        orderBefore = order;
        recordsBefore = inOrder;
      }
      if (records.size > nodes.size - staleDeadCount + (tellsWhoLives ? 0 : hidden.size)) {
        const why = unknown(sources.liveness.failure?.reason ?? 'not-read-yet', 'liveness');
        findMissing(nodes, tellsWhoLives ? null : why, now, gone, changed);
      }
      if (come.length + gone.length > 0) {
        counts.identities += 1;
        counts.holders += 1;
        counts.all += 1;
      }
      return { added: come, removed: gone, changed, isInitialLoad: isGathering, provesDeparture: tellsLeaving };
    },
  };
}

/** How many nodes that left one after the other are passed over; behind more, each of the rest is looked up. */
const LOOKAHEAD = 16;

/** The sources that name nodes beside the list. */
const nodeSources = ['liveness', 'state', 'summary'] as const;

type Health = FleetSnapshot['sources']['list'];

function isAnswering({ readAt, failure }: Health): boolean {
  return readAt !== null && failure === null;
}

/** Whether the list has come, and each source that can tell who lives was asked at least once. */
function allSourcesRead({ list, liveness, state }: FleetSnapshot['sources']): boolean {
  const isListTold = list.readAt !== null || list.failure?.reason === 'not-offered';
  return isListTold && [liveness, state].every(({ readAt, failure }) => readAt !== null || failure !== null);
}

/** A member that is missing is missing from its cluster too. */
function hiddenNode(node: FleetNode, why: Sourced<never>): FleetNode {
  const { clusterId, jobClusterId } = node;
  return {
    ...node,
    clusterId: null,
    jobClusterId: clusterId === null ? jobClusterId : null,
    state: 'unknown',
    usage: why,
    busy: why,
  };
}

function sameBusy(a: FleetNode['busy'], b: FleetNode['busy']): boolean {
  return a === b || (a.known ? b.known && a.value === b.value : !b.known);
}
