import { countText, nodesText, plural } from './count-text.ts';

import type { SourceName } from '../../../domain/sourced.ts';

type Dead = readonly (readonly [templateId: string, dead: number])[];

/** What is known in part only, or not at all, while a source does not tell all. */
const coverage: Record<SourceName, string> = {
  list: 'virtual clusters',
  liveness: 'dead nodes',
  state: 'what nodes do',
  summary: 'load of nodes',
  actors: 'what uses nodes',
  jobs: 'jobs',
  identity: "Ray's version",
};

/** Many things that need attention, by kind: what they come to, and of each only what its group does not say. */
export const attention = {
  unknowable: (count: number) => `${plural(count, 'change', 'changes')} whose outcome can't be known`,
  replacement: (dead: number) => `${plural(dead, 'dead node', 'dead nodes')}, none free`,
  leftover: (clusters: number, nodes: number | null) =>
    nodes === null
      ? `${plural(clusters, 'job cluster', 'job clusters')} left over`
      : `${nodesText(nodes)} left over from jobs`,
  deletions: (count: number) => `${countText(count)} deletions wait`,
  limits: (sources: readonly SourceName[]) =>
    `Ray does not tell all: ${sources.map((each) => coverage[each]).join(', ')}`,
  clusters: (count: number) => `${countText(count)} virtual clusters`,
  grouped: {
    outcome: (count: number) => plural(count, 'change', 'changes'),
    waiting: (templates: Dead) => templates.map(([templateId, dead]) => `${templateId} ${countText(dead)}`).join(', '),
    leftover: (clusters: number, nodes: number | null) =>
      `${plural(clusters, 'job cluster', 'job clusters')}${nodes === null ? '' : `, ${nodesText(nodes)}`}`,
    deletion: (status: string) => status,
  },
};
