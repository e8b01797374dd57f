import { countText, jobsText, nodesText, plural } from './count-text.ts';

const listed = (names: readonly string[]) =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;

const free = {
  title: 'Free nodes',
  ofAll: (value: number, of: number) => `${value === 0 ? 'none' : countText(value)} free of ${countText(of)}`,
  atMost: (value: number, of: number) =>
    value === 0 ? `none free of ${countText(of)}` : `at most ${countText(value)} free of ${countText(of)}`,
  some: (value: number) => `${value === 0 ? 'none' : countText(value)} free`,
  someAtMost: (value: number) => (value === 0 ? 'none free' : `≤ ${countText(value)} free`),
  unknownOf: (of: number) => `unknown of ${countText(of)}`,
  noneAlive: 'no node alive',
  asOf: (time: string) => `As of ${time}.`,
  whyUnknown: (why: string) => `Free: unknown. ${why}`,
  whyAtMost: (why: string) => `At most: ${why} Counted from the nodes that nothing known holds.`,
  head: '(head)',
  headTitle: 'The head node is of this template. Taking the last of these nodes takes the head node.',
  reading: 'being read',
  showAll: (value: number) => `Show all ${countText(value)} templates`,
  showFewer: 'Show fewer',
  jobClusters: (clusters: number, nodes: number) =>
    `${plural(clusters, 'job cluster', 'job clusters')} in the primary cluster ${clusters === 1 ? 'holds' : 'hold'} ${nodesText(nodes)}`,
  jobClustersNodesUnknown: (clusters: number) =>
    `${plural(clusters, 'job cluster', 'job clusters')} in the primary cluster, of unknown size`,
  jobClusterNodes: (templateId: string, value: number) => `${templateId} ${countText(value)}`,
  leftover: 'to release: its job has ended',
  primary: 'Primary cluster',
  primaryList: 'Job clusters in the primary cluster',
  showMoreTemplates: (value: number) => `and ${plural(value, 'more template', 'more templates')}: see the node map`,
  jobClustersUnknown: 'Job clusters in the primary cluster:',
};

const columns = {
  id: 'ID',
  kind: 'Kind',
  sets: 'Replica sets',
  nodes: 'Nodes',
  'used-by': 'Used by',
  trend: 'Last 7 days',
  owner: 'Owner',
  revision: 'Last revision',
};

const readOnly = { title: 'Read-only' };

const menu = {
  label: (id: string) => `Actions for ${id}`,
  open: 'Open',
  edit: 'Edit',
  continueEditing: 'Continue editing',
  copyId: 'Copy ID',
  copyLink: 'Copy link',
  submit: 'Copy submit command',
  curlSave: 'Copy as curl: POST it as it is',
  curlList: 'Copy curl: GET the list',
  curlDelete: 'Copy curl: DELETE it',
  duplicate: 'Duplicate…',
  showOnMap: 'Show on map',
  showInJournal: 'Show in journal',
  showRaw: 'Raw reply',
  delete: 'Delete',
  deleteUnderWay: 'A deletion of it is on its way.',
};

export const clusters = {
  title: 'Virtual clusters',
  create: 'New virtual cluster',
  loading: 'Loading the virtual clusters',
  chipDead: (value: number) => `${countText(value)} dead`,
  chipDeadUnknown: (why: string) => `How many are dead is unknown. ${why}`,
  free,
  columns,
  readOnly,
  menu,
  menuColumn: 'Actions',
  select: (id: string) => `Select ${id}`,
  selectAll: 'Select all that are shown',
  sortBy: 'Sort by',
  ascending: 'Ascending',
  descending: 'Descending',
  revisionTitle: (revision: string, time: string | null) =>
    time === null ? `Revision ${revision}` : `Revision ${revision}, ${time}`,
  filter: {
    label: 'Filter',
    placeholder: 'ID, template or owner',
    key: '/',
    kind: 'Kind',
    kinds: { all: 'All', divisible: 'Divisible', indivisible: 'Indivisible' },
    inUse: 'In use',
    deadNodes: 'Dead nodes',
    mine: 'Mine',
    mineTitle: 'Those that you may change',
    clear: 'Clear filter',
  },
  counts: {
    clusters: (shown: number, all: number) =>
      shown === all
        ? plural(all, 'cluster', 'clusters')
        : `${countText(shown)} of ${plural(all, 'cluster', 'clusters')}`,
    nodes: nodesText,
    nodesUnknown: 'nodes:',
    dead: (value: number) => `${countText(value)} dead`,
    deadUnknown: 'dead:',
    deadNotCounted: (known: number) => (known === 0 ? 'dead: not counted' : `at least ${countText(known)} dead`),
  },
  deadHelp: 'Ray replaces a dead node by itself when a node of its template is free.',
  usage: (parts: readonly (readonly [use: 'used' | 'reserved' | 'idle' | 'dead' | 'unknown', value: number])[]) =>
    parts
      .filter(([, value]) => value > 0)
      .map(([use, value]) => `${countText(value)} ${use}`)
      .join(', '),
  kind: { divisible: 'Divisible', indivisible: 'Indivisible', jobCluster: 'Job cluster' },
  kindHelp: {
    divisible: 'Each job gets its own nodes inside it.',
    indivisible: 'Jobs share its nodes.',
  },
  noNodes: 'No nodes',
  more: (value: number) => `+${countText(value)} more`,
  jobClustersTitle: 'Shows its job clusters here',
  moreJobClusters: (value: number) => `${countText(value)} more: open the virtual cluster to see them`,
  leftOver: 'To release',
  nodesWord: (value: number) => (value === 1 ? 'node' : 'nodes'),
  unsaved: 'Unsaved',
  unsavedNewTitle: 'You have a draft for a new virtual cluster that was not saved.',
  unsavedTitle: 'You have a draft for it that was not saved.',
  replaced: {
    soon: (templates: readonly string[]) =>
      `Ray replaces it by itself: ${listed(templates)} ${templates.length === 1 ? 'is' : 'are'} free.`,
    waiting: (templates: readonly string[]) => `Ray replaces it when a ${listed(templates)} is free; none is.`,
    doubtful: (templates: readonly string[]) => `Ray replaces it when a ${listed(templates)} is free.`,
    alsoWaiting: (templates: readonly string[]) => `${listed(templates)}: none is free yet.`,
    alsoDoubtful: (templates: readonly string[]) => `${listed(templates)}: when one is free.`,
  },
  use: {
    none: 'No jobs',
    jobs: jobsText,
    leftover: (value: number) => `${countText(value)} to release`,
    leftoverTitle: (value: number) =>
      `${plural(value, 'job cluster', 'job clusters')} still ${value === 1 ? 'holds' : 'hold'} nodes although ${value === 1 ? 'its job has' : 'their jobs have'} ended. Open the virtual cluster to release ${value === 1 ? 'it' : 'them'}.`,
    doubtful: (value: number) => plural(value, 'job cluster', 'job clusters'),
    doubtfulTitle: (why: string) => `Whether its job still runs is unknown. ${why}`,
    lastSeen: (ago: string) => `last seen ${ago}`,
    lastSeenTitle: (why: string) => `What used it when Ray last told. ${why}`,
  },
  empty: {
    title: 'No virtual clusters yet.',
    first: {
      fleet: "Ray's workers are nodes, each of a",
      template: 'template.',
      cluster: 'A virtual cluster',
      clusterMeans: 'holds so many nodes of each; only its own jobs use them.',
      rest: 'What none of them holds is the',
      pool: 'free pool.',
      suggest: (templateId: string, value: number) => `Start with ${countText(value)} ${templateId}`,
    },
    free: (value: number) =>
      value === 0 ? 'No node is free.' : value === 1 ? '1 node is free.' : `${countText(value)} nodes are free.`,
    freeAtMost: (value: number) =>
      value === 1 ? 'At most 1 node is free.' : `At most ${countText(value)} nodes are free.`,
    freeUnknown: (why: string) => `How many nodes are free is unknown. ${why}`,
    onlyHead: 'Only the head node. Start workers with RAY_NODE_TYPE_NAME.',
    onlyHeadDetail: 'A worker started with RAY_NODE_TYPE_NAME=4c8g is of template 4c8g, and shows here within seconds.',
    neverRead: "Ray's virtual clusters are not known yet.",
    noMatch: (filter: string) => `Nothing matches “${filter}”.`,
    noMatchWith: (filter: string, others: readonly string[]) =>
      `Nothing matches “${filter}” together with: ${others.join(', ')}.`,
    noMatchOf: (filters: readonly string[]) => `No virtual cluster matches: ${filters.join(', ')}.`,
    clearAll: 'Clear all filters',
  },
};
