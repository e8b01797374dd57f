import type { NotOpenedCause } from '../../../contract/rays.ts';
import { countText } from './count-text.ts';

/** The words of the page `Rays` and of the switch between them; loaded with them. */
export const raysText = {
  title: 'Rays',
  all: 'All Rays',
  choose: (name: string) => `Ray: ${name}. Switch`,
  current: 'shown now',
  go: (name: string) => `Ray ${name}`,
  missing: (name: string) => `This console has no Ray named ${name}.`,
  loading: 'Loading',
  failed: (why: string) => `The Rays can't be told now: ${why}`,
  simulated: 'Simulated',
  list: 'Rays of this console',
  clusters: (value: number) => (value === 1 ? '1 virtual cluster' : `${countText(value)} virtual clusters`),
  nodes: (value: number) => (value === 1 ? '1 node' : `${countText(value)} nodes`),
  nodesUnknown: 'nodes not known',
  dead: (value: number) => `${countText(value)} dead`,
  deadUnknown: 'dead not known',
  free: 'Free nodes',
  freeOf: (count: number, alive: number | null) =>
    alive === null ? countText(count) : `${countText(count)} of ${countText(alive)}`,
  atMost: (count: string) => `≤ ${count}`,
  unknown: 'not known',
  noTemplates: 'No nodes',
  moreTemplates: (value: number) => `and ${countText(value)} more templates`,
  attention: (value: number) => (value === 1 ? '1 needs attention' : `${countText(value)} need attention`),
  calm: 'Nothing needs attention',
  read: (ago: string) => `Read ${ago}`,
  lastChange: (clusterId: string, who: string, ago: string) => `${clusterId} changed by ${who} ${ago}`,
  noChange: 'No changes in the journal yet',
  state: {
    opening: 'Starting',
    'not-opened': 'Could not start',
    reading: 'Reading Ray for the first time',
  },
  /** Why a Ray's console could not start, as it says it itself. */
  notOpened: (because: string, _cause: NotOpenedCause | null) => because,
  failing: {
    'not-read-yet': 'Not read yet',
    'node-full': 'Ray fails',
    failed: 'Ray fails',
    'too-large': 'Ray answers with too much',
    truncated: 'Ray cuts its answer',
    'timed-out': 'Ray does not answer in time',
    unreachable: "Ray can't be reached",
    unreadable: "Ray's answer can't be read",
    'not-offered': 'This Ray does not offer its list',
  },
  /** Of a Ray that answers something else. */
  refused: 'Ray, or a proxy before it, refuses the console',
  status: (status: number) => `Ray answers HTTP ${String(status)}`,
  since: (failure: string, time: string) => `${failure} since ${time}`,
  lastRead: (ago: string) => `Last read ${ago}`,
  neverRead: 'Never read since this console started',
};
