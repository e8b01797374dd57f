import type { Session } from '../../../contract/session.ts';
import { denialReason } from '../../api/denial-reason.ts';
import { readableClusterId } from '../../../domain/cluster-id.ts';
import type { FleetNode, VirtualCluster } from '../../../domain/fleet.ts';
import { heldReplicaSetsOf } from '../../../domain/held-replica-sets.ts';
import { totalReplicas } from '../../../domain/replica-sets.ts';
import { action, type Action } from '../../cluster-ui/actions/action.ts';
import { clusterActionGroups } from '../../cluster-ui/actions/cluster-actions-of.ts';
import { fleetActions } from '../../cluster-ui/actions/fleet-actions.ts';
import { jobActions, jobsIn } from '../../cluster-ui/actions/job-actions.ts';
import { nodeActions } from '../../cluster-ui/actions/node-actions.ts';
import { pageActions } from '../../cluster-ui/actions/page-actions.ts';
import { pathTo } from '../../routing/routes.ts';
import { commands } from '../../text/commands.ts';
import { text } from '../../text/text.ts';

const words = commands.palette;
const LANGUAGE_KEYWORDS = 'language english chinese 语言 中文 英文 英语';

export type EntryGroup = 'recent' | 'here' | 'clusters' | 'nodes' | 'jobs' | 'pages' | 'actions';

/** A line of the palette. `key`: the same for the same thing, whenever it is listed. */
export interface Entry {
  readonly key: string;
  readonly group: EntryGroup;
  readonly label: string;
  readonly detail: string | null;
  readonly keywords: string;
  /** Found only by two words or more, such as `edit ci`: there are too many of its kind. */
  readonly needsTwoWords: boolean;
  readonly action: Action;
}

export interface PaletteContext {
  readonly clusters: Iterable<VirtualCluster>;
  readonly session: Session | null;
  readonly origin: string;
  /** The virtual cluster that is open or has the focus; null for none. */
  readonly chosenId: string | null;
  readonly unsavedIds: ReadonlySet<string>;
  /** The console can't read Ray now. */
  readonly isFailing: boolean;
  readonly theme: string;
  /** The other Rays of this console. */
  readonly rays?: readonly Action[];
}

/** Everything that can be found but nodes, which the back end finds. */
export function paletteEntries(context: PaletteContext): readonly Entry[] {
  const { session, chosenId, isFailing, theme } = context;
  const clusters = [...context.clusters];
  const chosen = clusters.find(({ id }) => id === chosenId);
  const fixed = (group: EntryGroup) => (each: Action) =>
    entry(group, `${group} ${each.id}`, each, {
      detail: each.id === 'theme' ? theme : null,
      // Who can't read the page looks for the language in his own.
      keywords: each.effect.kind === 'language' ? LANGUAGE_KEYWORDS : '',
    });
  return [
    ...(chosen === undefined ? [] : actionsOn(chosen, context).map(here)),
    ...[...pageActions(), ...(context.rays ?? [])].map(fixed('pages')),
    ...fleetActions(session, isFailing).map(fixed('actions')),
    ...clusters.map(clusterEntry),
    ...clusters.flatMap((cluster) => jobEntries(cluster, session)),
    ...clusters.filter((each) => each !== chosen).flatMap((cluster) => actionsOn(cluster, context)),
  ];
}

/** The found nodes; of a single one, all that can be done with it. */
export function nodeEntries(
  nodes: readonly Pick<FleetNode, 'id' | 'hostname' | 'templateId' | 'clusterId'>[],
): readonly Entry[] {
  return nodes.flatMap((node) => {
    const name = node.hostname ?? node.id.slice(0, 8);
    const detail = [node.templateId, node.clusterId ?? words.free].filter((part) => part !== null).join(' · ');
    const actions = nodeActions(node).filter(({ id }) => nodes.length === 1 || id === 'map');
    return actions.map((each) =>
      entry('nodes', `node ${node.id} ${each.id}`, each, {
        label: each.id === 'map' ? name : words.on(each.label, name),
        detail: each.id === 'map' ? `${node.id.slice(0, 8)} · ${detail}` : null,
      }),
    );
  });
}

/** An action on what is open: its group says on what. */
function here(of: Entry): Entry {
  return { ...of, group: 'here', label: of.action.label, keywords: of.label, needsTwoWords: false };
}

function clusterEntry(cluster: VirtualCluster): Entry {
  const held = heldReplicaSetsOf(cluster);
  const open = action('open', cluster.id, { kind: 'go', path: pathTo.cluster(cluster.id), keepQuery: true });
  const kind = cluster.divisible ? text.clusters.kind.divisible : text.clusters.kind.indivisible;
  return entry('clusters', `cluster ${cluster.id}`, open, {
    label: readableClusterId(cluster.id),
    detail: `${kind} · ${text.facts.nodes(totalReplicas(held))}`,
    keywords: Object.keys(held).join(' '),
  });
}

function jobEntries(cluster: VirtualCluster, session: Session | null): readonly Entry[] {
  return jobsIn(cluster).flatMap((placed) => {
    const { submissionId, job } = placed;
    const show = action('show', submissionId, {
      kind: 'request',
      clusterId: cluster.id,
      request: `show-job ${submissionId}`,
    });
    const entrypoint = job?.entrypoint ?? '';
    const shown = readableClusterId(submissionId);
    return [
      entry('jobs', `job ${submissionId} ${cluster.id}`, show, {
        label: shown,
        detail: [readableClusterId(cluster.id), readableClusterId(entrypoint)]
          .filter((part) => part !== '')
          .join(' · '),
        keywords: `${entrypoint} ${cluster.id}`,
      }),
      ...jobActions(placed, session).map((each) =>
        entry('jobs', `job ${submissionId} ${cluster.id} ${each.id}`, each, {
          label: words.on(each.label, shown),
          keywords: entrypoint,
          needsTwoWords: true,
        }),
      ),
    ];
  });
}

function actionsOn(cluster: VirtualCluster, { session, origin, unsavedIds }: PaletteContext): readonly Entry[] {
  const groups = clusterActionGroups(cluster, {
    origin,
    session,
    mayNotWrite: session === null ? null : denialReason(session, cluster.id),
    hasDraft: unsavedIds.has(cluster.id),
    canDelete: true,
    isOpen: true,
  });
  // Deleting is asked for on the cluster's screen, which knows whether one is on its way.
  return [...groups.use, ...groups.copy, ...groups.remove].map((each) =>
    entry('actions', `on ${cluster.id} ${each.id}`, each, {
      label: words.on(each.label, readableClusterId(cluster.id)),
      needsTwoWords: true,
    }),
  );
}

function entry(
  group: EntryGroup,
  key: string,
  of: Action,
  more: Partial<Pick<Entry, 'label' | 'detail' | 'keywords' | 'needsTwoWords'>> = {},
): Entry {
  const { label = of.label, detail = null, keywords = '', needsTwoWords = false } = more;
  return { key, group, label, detail: of.refusal ?? detail, keywords, needsTwoWords, action: of };
}
