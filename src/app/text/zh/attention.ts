import type { attention as english } from '../en/attention.ts';
import type { Words } from '../words.ts';
import { countedText, countText, nodesText } from './count-text.ts';

export const attention: Words<typeof english> = {
  replacement: (dead) => `${countedText(dead, '个节点')}失效，没有空闲节点`,
  leftover: (clusters, nodes) =>
    nodes === null ? `残留 ${countedText(clusters, '个作业集群')}` : `作业残留 ${nodesText(nodes)}`,
  deletions: (count) => `${countedText(count, '项删除')}正在等待`,
  clusters: (count) => countedText(count, '个虚拟集群'),
  grouped: {
    outcome: (count) => countedText(count, '项变更'),
    waiting: (templates) => templates.map(([templateId, dead]) => `${templateId} ${countText(dead)}`).join('，'),
    leftover: (clusters, nodes) =>
      `${countedText(clusters, '个作业集群')}${nodes === null ? '' : `，${nodesText(nodes)}`}`,
    deletion: (status) => status,
  },
};
