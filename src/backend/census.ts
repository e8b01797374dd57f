import type { FleetUpdate } from '../contract/fleet.ts';
import { LATELY_FOR } from '../contract/lately.ts';
import { ARRIVING_FOR } from '../contract/map.ts';
import { unknown, type Fact } from '../domain/fact.ts';
import type { Fleet, FleetNode } from '../domain/fleet.ts';
import { createRecord, livedAs, type NodeRecord } from './node-record.ts';

/** A joined picture of the fleet. `at`: when what is new in it came, ms since 1970. */
export interface JoinedPicture {
  readonly fleet: Pick<Fleet, 'nodes' | 'clusters'>;
  readonly sources: Pick<FleetUpdate['sources'], 'list' | 'liveness' | 'state' | 'summary'>;
  readonly at: number;
}

interface ChangedNode {
  readonly record: NodeRecord;
  readonly before: FleetNode;
  readonly livedBefore: NodeRecord['lived'];
}

/** What differs from the picture before. Nodes of which nothing but the usage does are no part of it. */
export interface Difference {
  readonly come: readonly NodeRecord[];
  readonly gone: readonly NodeRecord[];
  readonly changed: readonly ChangedNode[];
  /** The sources are only just coming in: nothing has happened, it is being learned. */
  readonly isGathering: boolean;
  /** Whether who is missing has left. Not where a source failed or came back: then it hid them, or was the only one to name them. */
  readonly tellsLeaving: boolean;
}

/** How often something about nodes has changed, so that what was made of it can tell when it is old. */
interface CensusCounts {
  /** Which nodes there are, their host names and templates. */
  readonly names: number;
  /** Who holds them. */
  readonly holders: number;
  /** Anything at all, usage too. */
  readonly anything: number;
}

/** Everybody who is known, picture after picture. */
export interface Census {
  readonly records: ReadonlyMap<string, NodeRecord>;
  counts(): CensusCounts;
  /** Takes the next picture; only nodes whose object is another one are looked at closely. */
  take(picture: JoinedPicture): Difference;
}

/**
 * While nothing tells who lives, a node that no source names stays, as unknown: the outage only hides it. So there are
 * no more records than the last whole picture had nodes, and whoever came since. A dead node that nobody holds stays for as
 * long as its death is told of; Ray tells of it for much longer.
 */
export function createCensus(): Census {
  const records = new Map<string, NodeRecord>();
  const hidden = new Set<NodeRecord>();
  /** When each was seen to die, ms since 1970, in that order. */
  const died = new Map<string, number>();
  const counts = { names: 0, holders: 0, anything: 0 };
  let nodesBefore: Fleet['nodes'] | null = null;
  /** The nodes of the picture before, and their records, in its order, which mostly is the next one's too. */
  let orderBefore: readonly FleetNode[] = [];
  let recordsBefore: readonly NodeRecord[] = [];
  let answeringBefore = '';
  let isFull = false;
  /** How many nodes of the picture are dead for long, and nobody's. */
  let past = 0;

  function put(record: NodeRecord, node: FleetNode, changed: ChangedNode[], now: number) {
    const { node: before, lived: livedBefore } = record;
    record.node = node;
    record.lived = livedAs(node) ?? livedBefore;
    if (livedBefore === 'alive' && record.lived === 'dead') died.set(node.id, now);
    counts.anything += 1;
    const isRenamed = before.templateId !== node.templateId || before.hostname !== node.hostname;
    const isMoved = before.clusterId !== node.clusterId || before.jobClusterId !== node.jobClusterId;
    if (isRenamed) counts.names += 1;
    if (isMoved) counts.holders += 1;
    if (isRenamed || isMoved) record.text = null;
    if (isRenamed || isMoved || before.state !== node.state || !sameBusy(before.busy, node.busy))
      changed.push({ record, before, livedBefore });
  }

  /** Forgets who died long ago; whether anybody did. */
  function forgetDeaths(now: number): boolean {
    const before = died.size;
    for (const [id, at] of died) {
      if (at > now - LATELY_FOR) break;
      died.delete(id);
    }
    return died.size < before;
  }

  function isPast({ id, state, clusterId, jobClusterId }: FleetNode): boolean {
    // One that lived in the picture before dies in this one.
    return (
      state === 'dead' &&
      clusterId === null &&
      jobClusterId === null &&
      !died.has(id) &&
      records.get(id)?.lived !== 'alive'
    );
  }

  function leave(record: NodeRecord, gone: NodeRecord[]) {
    records.delete(record.node.id);
    hidden.delete(record);
    gone.push(record);
  }

  function findMissing(
    nodes: Fleet['nodes'],
    whyHidden: Fact<never> | null,
    now: number,
    gone: NodeRecord[],
    changed: ChangedNode[],
  ) {
    for (const [id, record] of records) {
      if (nodes.has(id)) continue;
      if (whyHidden === null) {
        leave(record, gone);
      } else if (!hidden.has(record)) {
        hidden.add(record);
        put(record, hiddenNode(record.node, whyHidden), changed, now);
      }
    }
  }

  /** Where the node stood in the picture before, changed or not, if that is at `from` or little behind; else -1. */
  function standsAt(node: FleetNode, from: number): number {
    if (orderBefore[from] === node || orderBefore[from]?.id === node.id) return from;
    for (let at = from + 1; at <= from + LOOKED_AHEAD; at++) if (orderBefore[at] === node) return at;
    return -1;
  }

  return {
    records,
    counts: () => counts,
    take({ fleet: { nodes }, sources, at: now }) {
      const answering = telling.filter((name) => isAnswering(sources[name])).join();
      const tellsWhoLives = isAnswering(sources.liveness) || isAnswering(sources.state);
      const isGathering = !isFull;
      const tellsLeaving = !isGathering && tellsWhoLives && answering === answeringBefore;
      answeringBefore = answering;
      isFull ||= tellsWhoLives && isAllAsked(sources);
      const come: NodeRecord[] = [];
      const gone: NodeRecord[] = [];
      const changed: ChangedNode[] = [];
      const look = (node: FleetNode, known: NodeRecord | undefined): NodeRecord => {
        const record = known ?? records.get(node.id);
        if (record === undefined) {
          const entered = createRecord(node, tellsLeaving ? now + ARRIVING_FOR : null);
          records.set(node.id, entered);
          come.push(entered);
          return entered;
        }
        if (hidden.size > 0) hidden.delete(record);
        if (record.node !== node) put(record, node, changed, now);
        return record;
      };

      const isAnyForgotten = forgetDeaths(now);
      if (nodes !== nodesBefore || isAnyForgotten) {
        past = 0;
        const order: FleetNode[] = [];
        const inOrder: NodeRecord[] = [];
        let next = 0;
        for (const node of nodes.values()) {
          if (isPast(node)) {
            past += 1;
            const record = records.get(node.id);
            if (record !== undefined) leave(record, gone);
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
      if (records.size > nodes.size - past + (tellsWhoLives ? 0 : hidden.size)) {
        const why = unknown(sources.liveness.failure?.reason ?? 'not-read-yet', 'liveness');
        findMissing(nodes, tellsWhoLives ? null : why, now, gone, changed);
      }
      if (come.length + gone.length > 0) {
        counts.names += 1;
        counts.holders += 1;
        counts.anything += 1;
      }
      return { come, gone, changed, isGathering, tellsLeaving };
    },
  };
}

/** How many nodes that left one after the other are passed over; behind more, each of the rest is looked up. */
const LOOKED_AHEAD = 16;

/** The sources that name nodes beside the list. */
const telling = ['liveness', 'state', 'summary'] as const;

type Health = JoinedPicture['sources']['list'];

function isAnswering({ readAt, failure }: Health): boolean {
  return readAt !== null && failure === null;
}

/** Whether the list has come, and each source that can tell who lives was asked at least once. */
function isAllAsked({ list, liveness, state }: JoinedPicture['sources']): boolean {
  const isListTold = list.readAt !== null || list.failure?.reason === 'not-offered';
  return isListTold && [liveness, state].every(({ readAt, failure }) => readAt !== null || failure !== null);
}

/** A member that is missing is missing from its cluster too. */
function hiddenNode(node: FleetNode, why: Fact<never>): FleetNode {
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
