import type { matrixEdit as english } from '../en/matrix-edit.ts';
import type { Words } from '../words.ts';
import { countedText, countText } from './count-text.ts';

const cells = (count: number) => countedText(count, '个单元格');

export const matrixEdit: Words<typeof english> = {
  bar: '尚未列入计划的更改',
  hint: '输入数量即可计划更改。执行计划之前不会发送任何请求。',
  onlyHeld: '只能在“持有”下输入数量。',
  onlyWide: '只能在更宽的屏幕上输入数量。',
  changes: (changed, clusters, hidden) =>
    `${countedText(clusters, '个虚拟集群')}中有 ${countedText(changed, '处更改')}${hidden === 0 ? '' : `，其中 ${countText(hidden)} 处未显示`}`,
  lacks: (short) => `缺少 ${short.map(([templateId, count]) => `${countText(count)} 个 ${templateId}`).join('，')}`,
  moved: (count) => `${cells(count)}在此期间被他人更改`,
  keepMine: '保留我的',
  takeTheirs: '采用对方的',
  review: '查看计划',
  settleFirst: '请先对他人更改过的单元格作出选择。',
  discard: '放弃',
  undo: '撤销',
  planName: (clusters) => `更改 ${countedText(clusters, '个虚拟集群')}`,
  free: (left) => `→ 空闲 ${countText(left)}`,
  freeUnknown: '→ 空闲 ?',
  short: (count) => `缺少 ${countText(count)}`,
  staged: (id, templateId, held, count) =>
    `${id}：已输入 ${countText(count)} 个 ${templateId}，持有 ${countText(held)} 个`,
  stagedMoved: (id, templateId, base, held, count) =>
    `${id}：原为 ${countText(base)} 个 ${templateId}，已输入 ${countText(count)} 个，此后他人改为 ${countText(held)} 个`,
  stagedShort: (count, templateId) => `缺少 ${countText(count)} 个 ${templateId}`,
  total: (now) => `现在 ${countText(now)}`,
  field: (id, templateId) => `${id} 的 ${templateId} 节点数`,
  denied: (id, why) => `不能更改 ${id}：${why}`,
  problem: {
    empty: '请输入数量。',
    'not-whole': '数量是整数，例如 3。',
    'too-large': 'Ray 最多接受 2,147,483,647。',
  },
  note: {
    staged: (id, templateId, count) => `${id}：${countText(count)} 个 ${templateId}`,
    changed: (done, skipped) =>
      `已填写 ${cells(done)}${skipped === 0 ? '' : `，略过 ${countText(skipped)} 个：没有数量、不在表中，或无权更改`}`,
    'taken-back': (count) => `已收回 ${cells(count)}`,
    copied: (count) => `已复制 ${cells(count)}`,
    undone: '已撤销',
    redone: '已重做',
    'nothing-to-undo': '没有可撤销的内容',
    'no-count-here': '请选择有数量的单元格。',
    'other-names': '没有粘贴任何内容：复制的名称与此处的不同。',
    'too-large-paste': '没有粘贴任何内容：超出了此表的范围。',
  },
};
