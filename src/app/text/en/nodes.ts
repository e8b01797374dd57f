import type { CellKind } from '../../nodes/strips.ts';

const count = (value: number) => value.toLocaleString('en');
const nodesOf = (value: number) => (value === 1 ? '1 node' : `${count(value)} nodes`);

const kind: Record<CellKind, string> = { busy: 'Busy', idle: 'Idle', free: 'Free', unknown: 'Unknown', dead: 'Dead' };

export const nodes = {
  idOf: (shortId: string) => `the whole id of node ${shortId}`,
  title: 'Node map',
  allNodes: 'All nodes',
  table: (clusterId: string | null) => (clusterId === null ? 'Nodes' : `Nodes of ${clusterId}`),
  head: {
    node: 'Node',
    host: 'Host',
    template: 'Template',
    state: 'State',
    cpu: 'CPU',
    memory: 'Memory, GiB',
    objectStore: 'Object store, GiB',
    cluster: 'Virtual cluster',
    jobCluster: 'Job cluster',
  },
  short: { usage: 'Usage', cpu: 'CPU', gpu: 'GPU', memory: 'Memory', objectStore: 'Object store', gib: 'GiB', job: 'Job' },
  state: { busy: 'Busy', idle: 'Idle', alive: 'Alive', dead: 'Dead', unknown: 'Unknown' },
  stateMeans: {
    unknown: 'No source tells whether it is alive or dead.',
    alive: 'Alive; whether it is busy is not known.',
  },
  headNode: 'head node',
  hostUnknown: 'No source has told its host yet.',
  templateUnknown: 'No source has told its template yet.',
  noCluster: 'None',
  clusterUnknown: "Ray's list of virtual clusters has not been read.",
  filter: {
    label: 'Filter by id, host or template',
    template: 'Template',
    anyTemplate: 'All templates',
    state: 'State',
    states: { any: 'All states', alive: 'Alive', idle: 'Idle', busy: 'Busy', dead: 'Dead', unknown: 'Unknown' },
    clear: 'Clear filter',
  },
  total: (value: number) => nodesOf(value),
  totalMatching: (value: number) => (value === 1 ? '1 node matches' : `${count(value)} nodes match`),
  loading: 'Loading',
  none: 'There are no nodes.',
  noneHere: 'It holds no nodes.',
  noMatch: 'No node matches.',
  failed: (why: string) => `The nodes can't be shown: ${why}`,
  again: 'Try again',
  overview: {
    title: 'Overview',
    table: 'Nodes by virtual cluster and template',
    row: 'Virtual cluster',
    pool: 'Free pool',
    primaryJobs: 'Jobs in the primary cluster',
    kind,
    legend: 'Legend',
    legendItem: (of: CellKind, value: number, atMost: boolean) => `${kind[of]} ${atMost ? `at most ${count(value)}` : count(value)}`,
    someUnknown: (of: CellKind) => `${kind[of]} partly unknown`,
    several: (value: number) => `Each cell stands for up to ${count(value)} nodes of one kind.`,
    counts: (counts: Readonly<Record<CellKind, number>>) =>
      Object.entries(counts)
        .filter(([, value]) => value > 0)
        .map(([of, value]) => `${count(value)} ${of}`)
        .join(', '),
    unknown: 'unknown',
  },
};
