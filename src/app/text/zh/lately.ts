import type { lately as english } from '../en/lately.ts';
import type { Words } from '../words.ts';
import { countText } from './count-text.ts';

const nodesOf = (value: number, templateId: string | null) =>
  templateId === null ? `${countText(value)} 个节点` : `${countText(value)} 个 ${templateId} 节点`;
const holder = (clusterId: string | null) => clusterId ?? '空闲池';
/** Beside Latin letters there is a space, beside Chinese characters none. */
const inHolder = (clusterId: string | null) => (clusterId === null ? '空闲池中' : ` ${clusterId} 中`);
const fromHolder = (clusterId: string | null) => (clusterId === null ? '空闲池' : ` ${clusterId} `);
const toHolder = (clusterId: string | null) => (clusterId === null ? '空闲池' : ` ${clusterId}`);

export const lately: Words<typeof english> = {
  title: '最近的变化',
  show: '显示最近的变化',
  hide: '隐藏最近的变化',
  nothing: '最近 15 分钟没有变化。',
  loading: '正在加载',
  failed: (why) => `未能获取：${why}`,
  died: ({ count, templateId, clusterId }) => `${holder(clusterId)} 有 ${nodesOf(count, templateId)}失效`,
  arrived: ({ count, templateId, clusterId }) => `${nodesOf(count, templateId)}加入${toHolder(clusterId)}`,
  left: ({ count, templateId, clusterId }) => `${nodesOf(count, templateId)}离开${toHolder(clusterId)}`,
  replaced: ({ count, templateId, clusterId }) => `Ray 替换了${inHolder(clusterId)}的 ${nodesOf(count, templateId)}`,
  moved: (value, templateId, from, to) => `${nodesOf(value, templateId)}从${fromHolder(from)}移到${toHolder(to)}`,
  created: (clusterId) => `${clusterId} 已创建`,
  deleted: (clusterId) => `${clusterId} 已删除`,
};
