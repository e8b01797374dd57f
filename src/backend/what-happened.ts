import type { Happening } from '../contract/lately.ts';
import type { VirtualCluster } from '../domain/fleet.ts';
import { groupBy } from '../domain/group-by.ts';
import type { Difference } from './census.ts';
import type { NodeRecord } from './node-record.ts';

/** A happening before it has its number and time. */
export type Told = Happening extends infer H ? (H extends Happening ? Omit<H, 'n' | 'at'> : never) : never;

type Clusters = ReadonlyMap<string, Pick<VirtualCluster, 'revision'>>;
type Holder = string | null;
type OfNodes = Exclude<Told['kind'], 'cluster-created' | 'cluster-deleted'>;

/** How many of its nodes a happening names. */
const NAMED = 5;

/** A node that left its holder, or came to one. `other`: where it went to or came from; undefined for nowhere. */
interface Crossing {
  readonly record: NodeRecord;
  readonly holder: Holder;
  readonly templateId: string | null;
  readonly other: Holder | undefined;
}

/** What two pictures of the fleet tell of the time between them, grouped by kind, template and holder. */
export function whatHappened(
  { come, gone, changed, tellsLeaving }: Difference,
  before: Clusters,
  after: Clusters,
): readonly Told[] {
  const groups = createGroups();
  const crossed = changed.filter(({ record, before: was }) => was.clusterId !== record.node.clusterId);
  const out: readonly Crossing[] = [
    ...crossed.map(({ record, before: was }) => ({
      record,
      holder: was.clusterId,
      templateId: was.templateId,
      other: record.node.clusterId,
    })),
    ...gone.map((record) => ({
      record,
      holder: record.node.clusterId,
      templateId: record.node.templateId,
      other: undefined,
    })),
  ];
  const into: readonly Crossing[] = [
    ...crossed.map(({ record, before: was }) => ({
      record,
      holder: record.node.clusterId,
      templateId: record.node.templateId,
      other: was.clusterId,
    })),
    ...come.map((record) => ({
      record,
      holder: record.node.clusterId,
      templateId: record.node.templateId,
      other: undefined,
    })),
  ];

  for (const { record, before: was, livedBefore } of changed) {
    if (livedBefore === 'alive' && record.lived === 'dead')
      groups.add('died', record, record.replacedIn ?? was.clusterId);
  }
  const told = new Set<NodeRecord>();
  for (const { gone: old, come: fresh } of replacements(
    out,
    into,
    (id) => before.get(id)?.revision === after.get(id)?.revision,
  )) {
    told.add(old.record);
    told.add(fresh.record);
    groups.add('replaced', fresh.record, fresh.holder);
    if (old.record.lived !== 'dead') old.record.replacedIn = old.holder;
  }
  for (const { record, before: was } of crossed) {
    if (!told.has(record) && record.lived !== 'dead') groups.add('moved', record, was.clusterId, record.node.clusterId);
  }
  const firstAlive = changed.filter(({ livedBefore }) => livedBefore === null).map(({ record }) => record);
  for (const record of [...come, ...firstAlive]) {
    if (!told.has(record) && record.arrivingUntil !== null && record.lived === 'alive')
      groups.add('arrived', record, record.node.clusterId);
  }
  for (const record of tellsLeaving ? gone : []) {
    if (!told.has(record) && record.lived === 'alive') groups.add('left', record, record.node.clusterId);
  }
  return [
    ...[...after.keys()]
      .filter((id) => !before.has(id))
      .map((clusterId): Told => ({ kind: 'cluster-created', clusterId })),
    ...groups.all(),
    ...[...before.keys()]
      .filter((id) => !after.has(id))
      .map((clusterId): Told => ({ kind: 'cluster-deleted', clusterId })),
  ];
}

/**
 * Pairs of a member that went and a living free node of the same template that came instead. Ray does that to dead ones, and
 * without a new revision (facts 6, 21): so a revision that stayed tells of a death that no reading has shown yet.
 */
function replacements(
  out: readonly Crossing[],
  into: readonly Crossing[],
  isUnrevised: (clusterId: string) => boolean,
): readonly { readonly gone: Crossing; readonly come: Crossing }[] {
  const keyOf = ({ holder, templateId }: Crossing) => JSON.stringify([holder, templateId]);
  const comers = groupBy(
    into.filter(({ record, holder, other }) => holder !== null && typeof other !== 'string' && record.lived !== 'dead'),
    keyOf,
  );
  if (comers.size === 0) return [];
  const mayBe = out.filter(
    ({ record, holder, other }) =>
      holder !== null && typeof other !== 'string' && (record.lived === 'dead' || isUnrevised(holder)),
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
  all(): readonly Told[];
} {
  const groups = new Map<string, Group>();
  return {
    add(kind, { node }, from, to = null) {
      const key = JSON.stringify([kind, node.templateId, from, to]);
      const group = groups.get(key) ?? { kind, templateId: node.templateId, from, to, count: 0, nodeIds: [] };
      groups.set(key, group);
      group.count += 1;
      if (group.nodeIds.length < NAMED) group.nodeIds.push(node.id);
    },
    all: () =>
      [...groups.values()].map(({ kind, from, to, ...nodes }): Told =>
        kind === 'moved' ? { kind, ...nodes, from, to } : { kind, ...nodes, clusterId: from },
      ),
  };
}
