import type { matrix as englishMatrix, overview as english } from '../en/overview.ts';
import type { Words } from '../words.ts';
import { countedText, countText, nodesText } from './count-text.ts';

const parts: Words<typeof english.parts> = {
  used: '已用',
  reserved: '预留',
  idle: '闲置',
  free: '空闲',
  dead: '失效',
  unknown: '未知',
};

export const overview: Words<typeof english> = {
  parts,
  help: {
    used: '有工作在其上运行。',
    reserved: '其 CPU 和 GPU 都未使用，但仍为某个作业保留，或其内存在使用中。',
    idle: '由虚拟集群持有，可以收回。',
    free: '在空闲池中。',
    dead: '在 Ray 替换之前，仍由虚拟集群持有。',
    unknown: '其状态未知，或由主集群中的作业集群持有。',
  },
  legend: '条形图的各部分',
  part: (templateId, part, value) => `${templateId}：${parts[part]} ${countText(value)}`,
  showOnly: (part, templateId) =>
    part === 'free' ? `显示持有 ${templateId} 的虚拟集群` : `显示有${parts[part]} ${templateId} 的虚拟集群`,
  filtered: (part, templateId) => (part === 'free' ? `持有 ${templateId}` : `${parts[part]} ${templateId}`),
  removeFilter: (filter) => `移除筛选：${filter}`,
  fold: '收起概览',
  unfold: '展开概览',
  foldedOf: (free, of) => `${free} / ${countText(of)}`,
  attention: {
    title: '需要关注',
    nothing: '没有需要关注的事项。',
    loading: '正在加载',
    tryNow: '立即重试',
    tryNowFor: (why) => `立即重试：${why}`,
    open: '打开',
    openFor: (id) => `打开 ${id}`,
    release: '释放…',
    releaseFor: (id) => `释放 ${id} 中的残留`,
    look: '查看',
    lookFor: (id) => `在变更日志中查看 ${id} 的变更`,
    keep: '保留',
    keepFor: (id) => `保留 ${id}`,
    waiting: (templates) =>
      `${templates.map(([templateId, dead]) => `${countText(dead)} 个 ${templateId} 失效`).join('，')}，没有空闲节点`,
    leftover: (clusters, nodes) =>
      `残留 ${countedText(clusters, '个作业集群')}${nodes === null ? '' : `，持有 ${nodesText(nodes)}`}`,
    outcome: (count) => `${countedText(count, '项变更')}结果未知`,
    deletion: (status) => `等待删除：${status}`,
    outcomesUnread: (why) => `结果未知的变更：未能读取。${why}`,
  },
};

const measures = { held: '持有', idle: '闲置', dead: '失效' } as const;

export const matrix: Words<typeof englishMatrix> = {
  title: '按模板显示虚拟集群',
  view: '视图',
  views: { list: '列表', matrix: '矩阵' },
  measure: '统计',
  measures,
  id: 'ID',
  total: '合计',
  all: '所示全部',
  unknown: '?',
  none: '·',
  noneTitle: (id, templateId) => `${id} 不持有 ${templateId}`,
  cell: (id, value, measure, templateId) => `${id}：${measures[measure]} ${countText(value)} 个 ${templateId}`,
  atLeast: (value) => `≥ ${countText(value)}`,
  sortBy: (templateId) => `按 ${templateId} 排序`,
  keys: '方向键移动，Enter 打开虚拟集群或排序。',
};
