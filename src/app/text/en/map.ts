import { countText, nodesText } from './count-text.ts';
import type { ShownState } from '../../../contract/map.ts';

const orUnknown = (value: number | null) => (value === null ? '?' : countText(value));

const state: Record<ShownState, string> = {
  used: 'Used',
  reserved: 'Reserved',
  idle: 'Idle',
  free: 'Free',
  alive: 'Alive',
  arriving: 'Arriving',
  dead: 'Dead',
  unknown: 'Unknown',
};

export const map = {
  state,
  stateMeans: {
    used: 'Its CPUs or GPUs are used, or a job supervisor runs on it.',
    reserved: 'A job holds it, or its memory is in use, but no CPU or GPU: it can not be taken.',
    idle: 'Nothing runs on it, and no job holds it: it can be taken.',
    free: 'In the free pool, and nothing runs on it.',
    alive: 'Alive; whether it is used, reserved or idle is not known.',
    arriving: 'It joined less than a minute ago.',
    dead: 'Ray says that it is dead.',
    unknown: 'No source tells whether it is alive or dead.',
  } satisfies Record<ShownState, string>,
  view: { label: 'View', map: 'Map', table: 'Table' },
  colouring: { label: 'Colour', cluster: 'Virtual cluster', state: 'State', use: 'Load' },
  held: (value: number | null) => `${orUnknown(value)} held`,
  cardNumbers: {
    words: (of: ShownState, value: number) => `${countText(value)} ${state[of].toLowerCase()}`,
    short: (of: ShownState, value: number) => `${countText(value)} ${state[of].slice(0, 1).toLowerCase()}`,
  },
  jobBox: (entrypoint: string | null, submissionId: string) =>
    entrypoint === null ? `Job ${submissionId}` : `${entrypoint} · ${submissionId}`,
  load: (eighths: number) => `${String(Math.round(eighths * 12.5))} % in use`,
  loadUnknown: 'use unknown',
  loadScale: { from: 'Load 0 %', to: '100 %' },
  grouping: { label: 'Group by', cluster: 'Virtual cluster', template: 'Template' },
  pool: 'Free pool',
  noTemplate: 'Template unknown',
  templateNodes: (name: string, value: number) => `${name} · ${countText(value)}`,
  job: (submissionId: string) => `Job ${submissionId}`,
  name: 'Map of all nodes',
  help: 'Arrow keys go from node to node, Page Up and Page Down from section to section. Enter opens a node. Escape goes to its virtual cluster: there, arrow keys go from one to another, Space opens it, and Enter goes to its nodes. Plus and minus zoom, 0 shows all. T shows the same as a table.',
  legend: 'States',
  legendItem: (of: ShownState, value: number | null) => `${state[of]} ${orUnknown(value)}`,
  deadNotCounted: (known: number) =>
    known === 0 ? `${state.dead}: not counted` : `${state.dead}: at least ${countText(known)}`,
  zoom: { label: 'Zoom', in: 'Zoom in', out: 'Zoom out', fit: 'Show all' },
  find: {
    label: 'Find a node by ID, host or template',
    placeholder: 'Find a node ( / )',
    searching: 'Looking',
    none: 'No node found',
    found: (value: number) => `${nodesText(value)} found`,
    at: (index: number, total: number) => `${countText(index + 1)} of ${countText(total)}`,
    atSome: (index: number, shown: number, total: number) =>
      `${countText(index + 1)} of the first ${countText(shown)}; ${countText(total)} found`,
    next: 'Next found node',
    previous: 'Previous found node',
    failed: (why: string) => `Not looked for: ${why}`,
  },
  kiosk: {
    label: 'Wall screen',
    all: 'Whole fleet',
    stopped: 'stopped',
    stop: 'Stop the tour',
    resume: 'Resume the tour',
    leave: 'Leave the wall screen',
  },
  clear: 'Clear highlight',
  cell: (of: {
    readonly id: string | null;
    readonly host: string | null;
    readonly state: string;
    readonly template: string;
    readonly holder: string;
  }) =>
    [of.state, of.template, of.holder, of.id === null ? '' : `node ${of.id}`, of.host === null ? '' : `on ${of.host}`]
      .filter((part) => part !== '')
      .join(', '),
  failed: (why: string) => `The map is not up to date: ${why}`,
  neverCame: (why: string) => `The map can't be shown: ${why}`,
  loading: 'Loading',
  empty: 'There are no nodes to draw.',
  clusterCard: {
    nodes: 'Nodes',
    held: 'Held',
    all: 'All',
    noNodes: 'It has no nodes on the map.',
    noJobs: 'No job runs in it.',
    noEntrypoint: 'Entry point unknown',
    leftover: 'Left over: its job has ended, and its nodes are still held.',
    announced: (name: string, numbers: string) => `${name}: ${numbers}`,
  },
  card: {
    title: (shortId: string) => `Node ${shortId}`,
    close: 'Close',
    gone: 'Ray tells of no node with this ID. It left, or it never was.',
    failed: (why: string) => `This node can't be shown: ${why}`,
    notOnMap: 'It has no place on the map.',
    id: 'ID',
    cluster: 'Virtual cluster',
    jobCluster: 'Job cluster',
    gpu: 'GPU',
    memory: 'Memory',
    objectStore: 'Object store',
    gib: (amount: string) => `${amount} GiB`,
    usage: 'In use',
    jobs: 'Jobs supervised here',
    noJobs: 'None',
    jobUnknownStatus: 'status unknown',
    dead: {
      since: 'Dead since',
      longer: 'More than 15 minutes, or not observed',
      next: 'What Ray does',
      replacement: {
        soon: (template: string) => `Replaces it by itself: ${template} is free.`,
        waits: (template: string) => `Replaces it when a ${template} is free; none is.`,
        'when-free': (template: string) => `Replaces it when a ${template} is free.`,
        not: () => 'Nothing: it was in the free pool.',
      },
      cost: 'What it costs',
      oneFreeLess: 'One free node less.',
      heldInVain: (clusterId: string | null) =>
        `${clusterId === null ? 'It' : `In ${clusterId} it`} still counts as held, and nothing can run on it.`,
      jobHasOneLess: 'Its job has one node less.',
    },
  },
};
