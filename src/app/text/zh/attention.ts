import type { attention as english } from '../en/attention.ts';
import type { SourceName } from '../../../domain/sourced.ts';
import type { Words } from '../words.ts';
import { countedText, countText, nodesText } from './count-text.ts';

const coverage: Record<SourceName, string> = {
  list: '虚拟集群',
  liveness: '失效节点',
  state: '节点状态',
  summary: '节点负载',
  actors: '节点的使用者',
  jobs: '作业',
  identity: 'Ray 版本',
};

export const attention: Words<typeof english> = {
  unknowable: (count) => `${countedText(count, '项变更')}结果无法得知`,
  replacement: (dead) => `${countedText(dead, '个节点')}失效，没有空闲节点`,
  leftover: (clusters, nodes) =>
    nodes === null ? `残留 ${countedText(clusters, '个作业集群')}` : `作业残留 ${nodesText(nodes)}`,
  deletions: (count) => `${countedText(count, '项删除')}正在等待`,
  limits: (sources) => `Ray 未给出全部信息：${sources.map((each) => coverage[each]).join('、')}`,
  clusters: (count) => countedText(count, '个虚拟集群'),
  grouped: {
    outcome: (count) => countedText(count, '项变更'),
    waiting: (templates) => templates.map(([templateId, dead]) => `${templateId} ${countText(dead)}`).join('，'),
    leftover: (clusters, nodes) =>
      `${countedText(clusters, '个作业集群')}${nodes === null ? '' : `，${nodesText(nodes)}`}`,
    deletion: (status) => status,
  },
};
