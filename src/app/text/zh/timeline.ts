import type { TimelineKind } from '../../../contract/timeline.ts';
import type { timeline as english } from '../en/timeline.ts';
import type { Words } from '../words.ts';
import { countText } from './count-text.ts';

const kinds: Record<TimelineKind, string> = {
  changes: '通过此控制台的变更',
  seen: '观察到的全部',
  'replica-sets-changed': '由其他客户端更改',
  'cluster-created': '由其他客户端创建',
  'cluster-deleted': '由其他客户端删除',
  died: '节点失效',
  arrived: '节点加入',
  left: '节点离开',
  replaced: '节点被 Ray 替换',
  moved: '节点移动',
  'job-cluster-started': '作业集群启动',
  'job-cluster-ended': '作业集群结束',
  'ray-restarted': 'Ray 重启',
  'ray-emptied': 'Ray 失去其虚拟集群',
  'outage-began': '读取失败',
  'outage-ended': '读取恢复',
  'console-started': '控制台启动',
  'console-stopped': '控制台停止',
  omitted: '观察到但未保留',
};

const days = ['星期日', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六'];
const dayNames: Record<'today' | 'yesterday', string> = { today: '今天', yesterday: '昨天' };

export const timeline: Words<typeof english> = {
  seen: {
    label: '观察',
    by: '未知',
    byConsole: '控制台',
    resized: (sets) => `由其他客户端更改：${sets}`,
    created: (sets) => `由其他客户端创建：${sets}`,
    deleted: (sets) => `由其他客户端删除：${sets}`,
    set: (templateId, from, to) => `${templateId} ${countText(from)} → ${countText(to)}`,
    more: (value) => `另有 ${countText(value)} 项`,
    jobStarted: (job) => `${job} 的作业集群已启动`,
    jobEnded: (job) => `${job} 的作业集群已结束`,
    rayRestarted: 'Ray 已重启',
    rayEmptied: 'Ray 失去了全部虚拟集群',
    outageBegan: (source) => `Ray 的 ${source} 变为无法读取`,
    outageEnded: (source) => `Ray 的 ${source} 恢复可读`,
    consoleStarted: '控制台已启动：停止期间发生的事没有观察到',
    consoleStopped: '控制台已停止',
    omitted: (value) => `另有 ${countText(value)} 项同类观察未保留`,
    nodes: '节点',
    open: (what) => `详情：${what}`,
    at: '观察时间',
    onMap: (nodeId) => `在地图上显示节点 ${nodeId}`,
    clusterOnMap: '在地图上显示',
    moreNodes: (value) => `另有 ${countText(value)} 个`,
    gone: '已不存在',
  },
  what: '内容',
  everything: '全部',
  groups: { seen: '观察到的，按类型' },
  kinds,
  scope: {
    before: '通过此控制台进行的变更，以及它',
    seen: '观察到的',
    after: '其他事件。',
  },
  kept: ({ most, days: kept, since, durable }, seen) =>
    `${durable ? '保存在文件中，重启后仍在' : '保存在内存中，控制台重启后全部丢失'}：最近 ${countText(kept)} 天内最新的 ${countText(most)} 项变更，不早于 ${since}；${countText(seen.days)} 天内最新的 ${countText(seen.most)} 项观察。`,
  day: (weekday, name, date) => `${name === null ? (days[weekday] ?? '') : dayNames[name]}，${date}`,
  fresh: (value, isMore) => `${countText(value)}${isMore ? '+' : ''} 条新记录`,
  freshDetail: '显示新记录',
};
