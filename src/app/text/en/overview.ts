import { countText, nodesText, plural } from './count-text.ts';

type Part = 'used' | 'reserved' | 'idle' | 'free' | 'dead';

const parts: Record<Part | 'unknown', string> = {
  used: 'used',
  reserved: 'reserved',
  idle: 'idle',
  free: 'free',
  dead: 'dead',
  unknown: 'unknown',
};

/** What each part means, for its title. */
const help: Record<Part | 'unknown', string> = {
  used: 'Work runs on them.',
  reserved: 'No CPU or GPU of them is used, but a job holds them, or their memory is in use.',
  idle: 'Held by a virtual cluster, and can be taken from it.',
  free: 'In the free pool.',
  dead: 'Held by a virtual cluster until Ray replaces them.',
  unknown: 'What they do is not known, or a job cluster in the primary cluster holds them.',
};

export const overview = {
  parts,
  help,
  legend: 'Parts of the bars',
  part: (templateId: string, part: Part | 'unknown', value: number) =>
    `${templateId}: ${countText(value)} ${parts[part]}`,
  showOnly: (part: Part, templateId: string) =>
    part === 'free'
      ? `Shows the virtual clusters that hold ${templateId}`
      : `Shows the virtual clusters with ${parts[part]} ${templateId}`,
  filtered: (part: Part, templateId: string) =>
    part === 'free' ? `holds ${templateId}` : `${parts[part]} ${templateId}`,
  removeFilter: (filter: string) => `Remove the filter: ${filter}`,
  fold: 'Fold the overview',
  unfold: 'Unfold the overview',
  foldedOf: (free: string, of: number) => `${free} of ${countText(of)}`,
  attention: {
    title: 'Needs attention',
    nothing: 'Nothing needs attention.',
    loading: 'Loading',
    tryNow: 'Try now',
    tryNowFor: (why: string) => `Try now: ${why}`,
    open: 'Open',
    openFor: (id: string) => `Open ${id}`,
    release: 'Release…',
    releaseFor: (id: string) => `Release what is left over in ${id}`,
    look: 'Look',
    lookFor: (id: string) => `Look at the changes of ${id} in the journal`,
    keep: 'Keep',
    keepFor: (id: string) => `Keep ${id}`,
    waiting: (templates: readonly (readonly [templateId: string, dead: number])[]) =>
      `${templates.map(([templateId, dead]) => `${countText(dead)} dead ${templateId}`).join(', ')}, none free`,
    leftover: (clusters: number, nodes: number | null) =>
      `${plural(clusters, 'job cluster', 'job clusters')} left over${nodes === null ? '' : `, ${clusters === 1 ? 'holds' : 'hold'} ${nodesText(nodes)}`}`,
    outcome: (count: number) => `${plural(count, 'change', 'changes')} of unknown outcome`,
    deletion: (status: string) => `deletion waits: ${status}`,
    outcomesUnread: (why: string) => `Changes of unknown outcome: not read. ${why}`,
  },
};

export const matrix = {
  title: 'Virtual clusters by template',
  view: 'View',
  views: { list: 'List', matrix: 'Matrix' },
  measure: 'Count',
  measures: { held: 'Held', idle: 'Idle', dead: 'Dead' },
  id: 'ID',
  total: 'Total',
  all: 'All shown',
  unknown: '?',
  none: '·',
  noneTitle: (id: string, templateId: string) => `${id} holds no ${templateId}`,
  cell: (id: string, value: number, measure: 'held' | 'idle' | 'dead', templateId: string) =>
    `${id}: ${countText(value)} ${measure} ${templateId}`,
  atLeast: (value: number) => `≥ ${countText(value)}`,
  sortBy: (templateId: string) => `Sort by ${templateId}`,
  keys: 'Arrows move, Enter opens the virtual cluster or sorts.',
};
