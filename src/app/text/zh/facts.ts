import type { SourceName, UnknownReason } from '../../../domain/sourced.ts';
import type { ago as englishAgo, copy as englishCopy, facts as english, pages as englishPages } from '../en/facts.ts';
import type { Words } from '../words.ts';
import { countText, nodesText } from './count-text.ts';

const what: Record<SourceName, string> = {
  list: 'Ray 的虚拟集群列表',
  liveness: 'Ray 的节点列表',
  state: 'Ray 的状态 API',
  summary: 'Ray 的节点摘要',
  actors: 'Ray 的 actor 列表',
  jobs: 'Ray 的作业列表',
  identity: 'Ray 的版本',
};

/** Why something isn't known, one sentence. */
function why(source: SourceName, reason: UnknownReason): string {
  switch (reason) {
    case 'not-read-yet':
      return `${what[source]}尚未读取。`;
    case 'node-full':
      return '有节点满载时，Ray 的状态 API 会失败。';
    case 'failed':
      return `${what[source]}读取失败：Ray 返回了自身的错误。`;
    case 'too-large':
      return `${what[source]}超出了控制台读取的上限。`;
    case 'truncated':
      return `${what[source]}被截断：Ray 最多返回 10,000 行。`;
    case 'timed-out':
      return `${what[source]}没有及时返回。`;
    case 'unreachable':
      return 'Ray 没有响应。';
    case 'unreadable':
      return `${what[source]}无法读取：返回的不是 Ray 的应答。`;
    case 'not-offered':
      return `${what[source]}没有说明。`;
  }
}

export const facts: Words<typeof english> = {
  unknown: '未知',
  asOf: (time) => `截至 ${time}`,
  why,
  count: (count) => countText(count),
  atMost: (count) => `最多 ${countText(count)}`,
  nodes: nodesText,
  none: '无',
};

export const ago: Words<typeof englishAgo> = {
  notADay: (example) => `没有这一天。请写成 ${example}。`,
  date: (day, month, year) => `${String(year)}年${String(month + 1)}月${String(day)}日`,
  dateAndTime: (date, time) => `${date} ${time}`,
  justNow: '刚刚',
  seconds: (count) => `${String(count)} 秒前`,
  minutes: (count) => `${String(count)} 分钟前`,
  hours: (count) => `${String(count)} 小时前`,
  days: (count) => `${countText(count)} 天前`,
  never: '从未',
};

export const pages: Words<typeof englishPages> = {
  label: (what) => `分页：${what}`,
  before: '上一页',
  after: '下一页',
  shown: (from, to, of) => `第 ${countText(from)} 至 ${countText(to)} 项，共 ${countText(of)} 项`,
};

export const copy: Words<typeof englishCopy> = {
  copy: (what) => `复制${what}`,
  copied: '已复制',
  failed: '浏览器不允许复制',
};
