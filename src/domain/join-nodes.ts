import { PRIMARY_CLUSTER_ID, splitJobClusterId } from './cluster-id.ts';
import { current, known, reading, unknown, type Sourced } from './sourced.ts';
import type { Division } from './division.ts';
import type { FleetNode } from './fleet.ts';
import type { FleetMemory } from './fleet-memory.ts';
import type { FleetSources } from './fleet-sources.ts';
import type { NodeIndex } from './node-index.ts';
import { removalOf, sameUse, nodeUseOf } from './node-use.ts';
import { nodeStateOf, type AbsenceTracker } from './node-states.ts';
import type { Member, StateNode, SummaryNode, ResourceUse } from './sources.ts';
import { createTemplateCounter, type TemplateCounter } from './template-counts.ts';
import { sameUsage } from './usage-amounts.ts';

/**
 * Joins each node from all sources and counts it in its virtual cluster. `learned` is what the next join remembers: only
 * nodes of which some source's last reading knows.
 */
export function joinNodes(
  sources: FleetSources,
  index: NodeIndex,
  jobHolders: ReadonlyMap<string, string>,
  division: Division,
  absences: AbsenceTracker,
  { knownNodes, fleet }: Pick<FleetMemory, 'knownNodes' | 'fleet'>,
): {
  readonly nodes: ReadonlyMap<string, FleetNode>;
  readonly learned: FleetMemory['knownNodes'];
  readonly counters: ReadonlyMap<string, TemplateCounter>;
} {
  const inLiveness = sources.liveness.failure === null ? index.liveness : EMPTY;
  const inStateApi = sources.state.failure === null ? index.state.byId : EMPTY;
  const inSummary = sources.summary.failure === null ? index.summary : EMPTY;
  const supervised = new Set((reading(sources.actors)?.value ?? []).map((each) => each.nodeId));
  const summary = current(sources.summary, 'summary');
  const noUsage: Sourced<never> = summary.known ? unknown('not-offered', 'summary') : summary;
  const nodes = new Map<string, FleetNode>();
  const shared = new Map<ResourceUse, Sourced<ResourceUse>>();
  let isSame = true;

  // Look-ups that can't yield anything are skipped: there may be 100,000 nodes.
  const joinNode = (id: string, clusterId: string | null, member: Member | undefined): FleetNode => {
    const alive = inLiveness.size === 0 ? undefined : inLiveness.get(id);
    const stateNode = inStateApi.size === 0 ? undefined : inStateApi.get(id);
    const summaryNode =
      inSummary.size > 0 && (stateNode === undefined || alive === undefined) ? inSummary.get(id) : undefined;
    const absence =
      member === undefined || alive !== undefined || stateNode !== undefined ? undefined : absences.record(id);
    const before = knownNodes.get(id);
    // Ray reports an unknown name as an empty string (fact 20).
    const hostname = member?.hostname || stateNode?.hostname || summaryNode?.hostname || (before?.hostname ?? null);
    const templateId =
      member?.templateId || stateNode?.templateId || summaryNode?.templateId || (before?.templateId ?? null);
    const state = nodeStateOf(alive, stateNode, absence);
    const jobClusterId = jobHolders.size === 0 ? null : jobClusterOf(jobHolders.get(id), clusterId, state);
    const isHead = alive?.isHead ?? summaryNode?.isHead ?? before?.isHead ?? false;
    const usage = usageOf(stateNode, summaryNode, before?.usage, shared) ?? reuseUnknown(before?.usage, noUsage);
    const use = nodeUseOf(usage, supervised.has(id), { clusterId, jobClusterId }, division);
    const isAsBefore =
      before !== undefined &&
      before.state === state &&
      before.clusterId === clusterId &&
      before.jobClusterId === jobClusterId &&
      sameUse(before.use, use) &&
      before.usage === usage &&
      before.hostname === hostname &&
      before.templateId === templateId &&
      before.isHead === isHead;
    const node = isAsBefore ? before : { id, hostname, templateId, clusterId, jobClusterId, state, isHead, usage, use };
    isSame &&= isAsBefore;
    nodes.set(id, node);
    return node;
  };
  const counters = new Map<string, TemplateCounter>();
  for (const { id: clusterId, members } of sources.list.last?.value ?? []) {
    const counter = createTemplateCounter();
    counters.set(clusterId, counter);
    for (const [id, member] of members) {
      const node = joinNode(id, clusterId, member);
      counter.add(member.templateId, node, removalOf(node, clusterId, division));
    }
  }
  for (const byId of [inLiveness, inStateApi, inSummary])
    for (const id of byId.keys()) if (!nodes.has(id)) joinNode(id, null, undefined);

  // Nodes that only failing sources know are not shown, but remembered: their templates never change (fact 19).
  const kept = new Map<string, FleetNode>();
  for (const byId of [index.liveness, index.state.byId, index.summary, jobHolders]) {
    if (byId === inLiveness || byId === inStateApi || byId === inSummary) continue;
    for (const id of byId.keys()) {
      const before = nodes.has(id) ? undefined : knownNodes.get(id);
      if (before !== undefined) kept.set(id, before);
    }
  }
  const all =
    fleet !== null && isSame && fleet.nodes.size === nodes.size && knownNodes === fleet.nodes ? fleet.nodes : nodes;
  return { nodes: all, learned: kept.size === 0 ? all : new Map<string, FleetNode>([...nodes, ...kept]), counters };
}

/**
 * The job cluster that last had a node, unless it left it: another virtual cluster holds it, or it is a dead member that Ray
 * replaced (fact 21).
 */
function jobClusterOf(
  lastHolder: string | undefined,
  clusterId: string | null,
  state: FleetNode['state'],
): string | null {
  if (lastHolder === undefined) return null;
  if (clusterId !== null) return lastHolder.startsWith(`${clusterId}##`) ? lastHolder : null;
  const isReplaced = state === 'dead' && splitJobClusterId(lastHolder)?.parentId !== PRIMARY_CLUSTER_ID;
  return isReplaced ? null : lastHolder;
}

const EMPTY: ReadonlyMap<string, never> = new Map<string, never>();

function usageOf(
  stateNode: StateNode | undefined,
  summaryNode: SummaryNode | undefined,
  before: Sourced<ResourceUse> | undefined,
  shared: Map<ResourceUse, Sourced<ResourceUse>>,
): Sourced<ResourceUse> | null {
  const usage = stateNode?.usage ?? summaryNode?.usage ?? null;
  if (usage === null) return null;
  const source = stateNode === undefined ? 'summary' : 'state';
  if (before?.known === true && before.source === source && sameUsage(before.value, usage)) return before;
  const same = shared.get(usage);
  if (same?.source === source) return same;
  const fresh = known(usage, source);
  shared.set(usage, fresh);
  return fresh;
}

function reuseUnknown(before: Sourced<ResourceUse> | undefined, now: Sourced<never>): Sourced<ResourceUse> {
  return before !== undefined &&
    !before.known &&
    !now.known &&
    before.reason === now.reason &&
    before.source === now.source
    ? before
    : now;
}
