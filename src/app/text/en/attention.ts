import { countText, nodesText, plural } from './count-text.ts';

type Dead = readonly (readonly [templateId: string, dead: number])[];

/** Many things that need attention, by kind: what they come to, and of each only what its group does not say. */
export const attention = {
  replacement: (dead: number) => `${plural(dead, 'dead node', 'dead nodes')}, none free`,
  leftover: (clusters: number, nodes: number | null) =>
    nodes === null
      ? `${plural(clusters, 'job cluster', 'job clusters')} left over`
      : `${nodesText(nodes)} left over from jobs`,
  deletions: (count: number) => `${countText(count)} deletions wait`,
  clusters: (count: number) => `${countText(count)} virtual clusters`,
  grouped: {
    outcome: (count: number) => plural(count, 'change', 'changes'),
    waiting: (templates: Dead) => templates.map(([templateId, dead]) => `${templateId} ${countText(dead)}`).join(', '),
    leftover: (clusters: number, nodes: number | null) =>
      `${plural(clusters, 'job cluster', 'job clusters')}${nodes === null ? '' : `, ${nodesText(nodes)}`}`,
    deletion: (status: string) => status,
  },
};
