import type { FleetEvent } from '../../contract/recent-events.ts';
import type { VirtualCluster } from '../../domain/fleet.ts';
import { groupBy } from '../../domain/group-by.ts';
import type { NodeDiff } from './node-registry.ts';
import type { NodeRecord } from './node-record.ts';

/** An event before it has its number and time. */
export type NewFleetEvent = FleetEvent extends infer H ? (H extends FleetEvent ? Omit<H, 'n' | 'at'> : never) : never;

type Clusters = ReadonlyMap<string, Pick<VirtualCluster, 'revision'>>;
type Holder = string | null;
type OfNodes = Exclude<NewFleetEvent['kind'], 'cluster-created' | 'cluster-deleted'>;

/** How many of its nodes an event names. */
const MAX_NAMED_NODES = 5;

/** A node that left a holder, or came to one. `counterpart`: where it went to or came from; undefined for nowhere. */
interface Transfer {
  readonly record: NodeRecord;
  readonly holder: Holder;
  readonly templateId: string | null;
  readonly counterpart: Holder | undefined;
}

/** The events between two snapshots of the fleet, grouped by kind, template and holder. */
export function deriveFleetEvents(
  { added, removed, changed, provesDeparture }: NodeDiff,
  before: Clusters,
  after: Clusters,
): readonly NewFleetEvent[] {
  const groups = createGroups();
  const transferred = changed.filter(({ record, before: previous }) => previous.clusterId !== record.node.clusterId);
  const out: readonly Transfer[] = [
    ...transferred.map(({ record, before: previous }) => ({
      record,
      holder: previous.clusterId,
      templateId: previous.templateId,
      counterpart: record.node.clusterId,
    })),
    ...removed.map((record) => ({
      record,
      holder: record.node.clusterId,
      templateId: record.node.templateId,
      counterpart: undefined,
    })),
  ];
  const into: readonly Transfer[] = [
    ...transferred.map(({ record, before: previous }) => ({
      record,
      holder: record.node.clusterId,
      templateId: record.node.templateId,
      counterpart: previous.clusterId,
    })),
    ...added.map((record) => ({
      record,
      holder: record.node.clusterId,
      templateId: record.node.templateId,
      counterpart: undefined,
    })),
  ];

  for (const { record, before: previous, previousState } of changed) {
    if (previousState === 'alive' && record.lastKnownState === 'dead')
      groups.add('died', record, record.replacedIn ?? previous.clusterId);
  }
  const replaced = new Set<NodeRecord>();
  for (const { left, joined } of findReplacements(
    out,
    into,
    (id) => before.get(id)?.revision === after.get(id)?.revision,
  )) {
    replaced.add(left.record);
    replaced.add(joined.record);
    groups.add('replaced', joined.record, joined.holder);
    if (left.record.lastKnownState !== 'dead') left.record.replacedIn = left.holder;
  }
  for (const { record, before: previous } of transferred) {
    if (!replaced.has(record) && record.lastKnownState !== 'dead')
      groups.add('moved', record, previous.clusterId, record.node.clusterId);
  }
  const firstAlive = changed.filter(({ previousState }) => previousState === null).map(({ record }) => record);
  for (const record of [...added, ...firstAlive]) {
    if (!replaced.has(record) && record.arrivingUntil !== null && record.lastKnownState === 'alive')
      groups.add('arrived', record, record.node.clusterId);
  }
  for (const record of provesDeparture ? removed : []) {
    if (!replaced.has(record) && record.lastKnownState === 'alive') groups.add('left', record, record.node.clusterId);
  }
  return [
    ...[...after.keys()]
      .filter((id) => !before.has(id))
      .map((clusterId): NewFleetEvent => ({ kind: 'cluster-created', clusterId })),
    ...groups.all(),
    ...[...before.keys()]
      .filter((id) => !after.has(id))
      .map((clusterId): NewFleetEvent => ({ kind: 'cluster-deleted', clusterId })),
  ];
}

/**
 * Pairs each member that left with a free living node of the same template that joined instead. Ray replaces only dead
 * nodes, without a new revision (facts 6, 21): so an unchanged revision proves a death that no reading has shown yet.
 */
function findReplacements(
  out: readonly Transfer[],
  into: readonly Transfer[],
  isUnrevised: (clusterId: string) => boolean,
): readonly { readonly left: Transfer; readonly joined: Transfer }[] {
  const keyOf = ({ holder, templateId }: Transfer) => JSON.stringify([holder, templateId]);
  const candidates = groupBy(
    into.filter(
      ({ record, holder, counterpart }) =>
        holder !== null && typeof counterpart !== 'string' && record.lastKnownState !== 'dead',
    ),
    keyOf,
  );
  if (candidates.size === 0) return [];
  const departed = out.filter(
    ({ record, holder, counterpart }) =>
      holder !== null && typeof counterpart !== 'string' && (record.lastKnownState === 'dead' || isUnrevised(holder)),
  );
  return departed.flatMap((left) => {
    const joined = candidates.get(keyOf(left))?.pop();
    return joined === undefined ? [] : [{ left, joined }];
  });
}

interface Group {
  readonly kind: OfNodes;
  readonly templateId: string | null;
  readonly from: Holder;
  readonly to: Holder;
  count: number;
  readonly nodeIds: string[];
}

/** Collects nodes with the same event into one. */
function createGroups(): {
  add(kind: OfNodes, record: NodeRecord, from: Holder, to?: Holder): void;
  all(): readonly NewFleetEvent[];
} {
  const groups = new Map<string, Group>();
  return {
    add(kind, { node }, from, to = null) {
      const key = JSON.stringify([kind, node.templateId, from, to]);
      const group = groups.get(key) ?? { kind, templateId: node.templateId, from, to, count: 0, nodeIds: [] };
      groups.set(key, group);
      group.count += 1;
      if (group.nodeIds.length < MAX_NAMED_NODES) group.nodeIds.push(node.id);
    },
    all: () =>
      [...groups.values()].map(({ kind, from, to, ...nodes }): NewFleetEvent =>
        kind === 'moved' ? { kind, ...nodes, from, to } : { kind, ...nodes, clusterId: from },
      ),
  };
}
