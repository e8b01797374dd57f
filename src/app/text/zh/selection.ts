import type { selection as english } from '../en/selection.ts';
import type { Words } from '../words.ts';
import { countedText, countText, nodesText } from './count-text.ts';

const clusters = (count: number) => countedText(count, '个虚拟集群');

export const selection: Words<typeof english> = {
  bar: '选中的虚拟集群',
  selected: (count, hidden) =>
    `已选 ${countText(count)} 个${hidden === 0 ? '' : `，其中 ${countText(hidden)} 个未显示`}`,
  resize: '调整…',
  move: '移动节点…',
  remove: '删除…',
  export: '导出…',
  clear: '清除选择',
  mayNot: '对这些虚拟集群均没有更改权限。',
  leftOut: (ids) => `已略过无权更改的：${ids.join('、')}`,
  review: '查看计划',
  resizing: {
    title: (count) => `调整 ${clusters(count)}`,
    name: (template, count) => `调整 ${clusters(count)}的 ${template}`,
    template: '模板',
    how: '方式',
    ways: { set: '设为', add: '增加', take: '减少' },
    count: '节点数',
    table: '计划的结果',
    now: '现在',
    becomes: '之后',
    nothing: '它们都已是如此。',
  },
  moving: { title: '移动节点' },
  deleting: {
    title: (count) => `删除 ${clusters(count)}`,
    name: (count) => `删除 ${clusters(count)}`,
    detail: '每个一步的计划。执行之前不会删除任何内容。',
    nodes: nodesText,
  },
};
