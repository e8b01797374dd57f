import type { recreate as english } from '../en/recreate.ts';
import type { Words } from '../words.ts';
import { countedText } from './count-text.ts';

const clusters = (value: number) => countedText(value, '个虚拟集群');

export const recreate: Words<typeof english> = {
  restarted: {
    title: (at) => `Ray 已重启（${at} 发现）`,
    had: (value) => `此处显示的是新的 Ray，不含原 Ray 的任何内容。原 Ray 有 ${clusters(value)}。`,
    hadNone: '此处显示的是新的 Ray，不含原 Ray 的任何内容。原 Ray 没有虚拟集群。',
    allThere: (value) =>
      `此处显示的是新的 Ray。原有的${value === 1 ? '虚拟集群' : `全部 ${clusters(value)}`}都在其中。`,
  },
  emptied: {
    title: (at) => `所有虚拟集群同时消失（${at} 发现）`,
    had: (value) => `仍是同一个 Ray，但原有的 ${clusters(value)}一个也不在列表中，且都不是由本控制台删除的。`,
  },
  open: '重新创建…',
  close: '收起列表',
  list: '最后一次看到的虚拟集群',
  review: '检查并创建',
  reviewFor: (id) => `检查并创建 ${id}`,
  replaces: '有一个未保存的新虚拟集群。是否替换其中已输入的内容？',
  replace: '替换',
  isThere: '已重新存在',
  how: '每一项都会打开新建虚拟集群的表单，并填入最后一次看到的内容；在表单中点击创建之前，不会发送任何请求。',
  dismiss: '不再提示',
  dismissMeans: '对所有使用此控制台的人移除这条提示。',
  failed: (why) => `未能移除：${why}`,
};
