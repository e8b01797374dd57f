import type { FleetEvent } from '../../contract/recent-events.ts';
import type { VirtualCluster } from '../../domain/fleet.ts';
import { groupBy } from '../../domain/group-by.ts';
import type { NodeDiff } from './node-registry.ts';
import type { NodeRecord } from './node-record.ts';

/** A happening before it has its number and time. */
export type NewFleetEvent = FleetEvent extends infer H ? (H extends FleetEvent ? Omit<H, 'n' | 'at'> : never) : never;

type Clusters = ReadonlyMap<string, Pick<VirtualCluster, 'revision'>>;
type Holder = string | null;
type OfNodes = Exclude<NewFleetEvent['kind'], 'cluster-created' | 'cluster-deleted'>;

/** How many of its nodes a happening names. */
const MAX_NAMED_NODES = 5;

/** A node that left its holder, or came to one. `other`: where it went to or came from; undefined for nowhere. */
interface Transfer {
  readonly record: NodeRecord;
  readonly holder: Holder;
  readonly templateId: string | null;
  readonly counterpart: Holder | undefined;
}

/** What two pictures of the fleet tell of the time between them, grouped by kind, template and holder. */
export function deriveFleetEvents(
  { added, removed, changed, provesDeparture }: NodeDiff,
  before: Clusters,
  after: Clusters,
): readonly NewFleetEvent[] {
  const groups = createGroups();
  const crossed = changed.filter(({ record, before: was }) => was.clusterId !== record.node.clusterId);
  const out: readonly Transfer[] = [
    ...crossed.map(({ record, before: was }) => ({
      record,
      holder: was.clusterId,
      templateId: was.templateId,
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
    ...crossed.map(({ record, before: was }) => ({
      record,
      holder: record.node.clusterId,
      templateId: record.node.templateId,
      counterpart: was.clusterId,
    })),
    ...added.map((record) => ({
      record,
      holder: record.node.clusterId,
      templateId: record.node.templateId,
      counterpart: undefined,
    })),
  ];

  for (const { record, before: was, previousState } of changed) {
    if (previousState === 'alive' && record.lastKnownState === 'dead')
      groups.add('died', record, record.replacedIn ?? was.clusterId);
  }
  const explained = new Set<NodeRecord>();
  for (const { gone: old, come: fresh } of findReplacements(
    out,
    into,
    (id) => before.get(id)?.revision === after.get(id)?.revision,
  )) {
    explained.add(old.record);
    explained.add(fresh.record);
    groups.add('replaced', fresh.record, fresh.holder);
    if (old.record.lastKnownState !== 'dead') old.record.replacedIn = old.holder;
  }
  for (const { record, before: was } of crossed) {
    if (!explained.has(record) && record.lastKnownState !== 'dead')
      groups.add('moved', record, was.clusterId, record.node.clusterId);
  }
  const firstAlive = changed.filter(({ previousState }) => previousState === null).map(({ record }) => record);
  for (const record of [...added, ...firstAlive]) {
    if (!explained.has(record) && record.arrivingUntil !== null && record.lastKnownState === 'alive')
      groups.add('arrived', record, record.node.clusterId);
  }
  for (const record of provesDeparture ? removed : []) {
    if (!explained.has(record) && record.lastKnownState === 'alive') groups.add('left', record, record.node.clusterId);
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
 * Pairs of a member that went and a living free node of the same template that came instead. Ray does that to dead ones, and
 * without a new revision (facts 6, 21): so a revision that stayed tells of a death that no reading has shown yet.
 */
function findReplacements(
  out: readonly Transfer[],
  into: readonly Transfer[],
  isUnrevised: (clusterId: string) => boolean,
): readonly { readonly gone: Transfer; readonly come: Transfer }[] {
  const keyOf = ({ holder, templateId }: Transfer) => JSON.stringify([holder, templateId]);
  const comers = groupBy(
    into.filter(
      ({ record, holder, counterpart }) =>
        holder !== null && typeof counterpart !== 'string' && record.lastKnownState !== 'dead',
    ),
    keyOf,
  );
  if (comers.size === 0) return [];
  const mayBe = out.filter(
    ({ record, holder, counterpart }) =>
      holder !== null && typeof counterpart !== 'string' && (record.lastKnownState === 'dead' || isUnrevised(holder)),
  );
  return mayBe.flatMap((gone) => {
    const come = comers.get(keyOf(gone))?.pop();
    return come === undefined ? [] : [{ gone, come }];
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

/** Nodes that do the same, as one. */
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
