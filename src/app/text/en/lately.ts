import { countText } from './count-text.ts';
const nodesOf = (value: number, templateId: string | null) => {
  const template = templateId === null ? '' : `${templateId} `;
  return value === 1 ? `1 ${template}node` : `${countText(value)} ${template}nodes`;
};
const holder = (clusterId: string | null) => clusterId ?? 'the free pool';

interface Some {
  readonly count: number;
  readonly templateId: string | null;
  readonly clusterId: string | null;
}

export const lately = {
  title: 'What changed lately',
  show: 'Show what changed lately',
  hide: 'Hide what changed lately',
  nothing: 'Nothing in the last 15 minutes.',
  loading: 'Loading',
  failed: (why: string) => `Not told: ${why}`,
  died: ({ count: value, templateId, clusterId }: Some) => `${nodesOf(value, templateId)} died in ${holder(clusterId)}`,
  arrived: ({ count: value, templateId, clusterId }: Some) =>
    `${nodesOf(value, templateId)} joined ${holder(clusterId)}`,
  left: ({ count: value, templateId, clusterId }: Some) => `${nodesOf(value, templateId)} left ${holder(clusterId)}`,
  replaced: ({ count: value, templateId, clusterId }: Some) =>
    value === 1
      ? `Ray replaced a dead ${templateId === null ? '' : `${templateId} `}node in ${holder(clusterId)}`
      : `Ray replaced ${countText(value)} dead ${templateId === null ? '' : `${templateId} `}nodes in ${holder(clusterId)}`,
  moved: (value: number, templateId: string | null, from: string | null, to: string | null) =>
    `${nodesOf(value, templateId)} moved from ${holder(from)} to ${holder(to)}`,
  created: (clusterId: string) => `${clusterId} was created`,
  deleted: (clusterId: string) => `${clusterId} was deleted`,
};
