import type { remove as english } from '../en/remove.ts';
import type { Words } from '../words.ts';
import { countText, jobsText, nodesText } from './count-text.ts';

const release: Words<typeof english.release> = {
  start: '释放',
  menu: '释放…',
  ask: (nodeCount, parentId) => `将${nodeCount}归还给 ${parentId}？`,
  askUnknown: (parentId) => `将其节点归还给 ${parentId}？`,
  primary: '空闲池',
  askAll: (parentId) => `将它们的节点归还给 ${parentId}？`,
  yes: '释放',
  yesAll: '全部释放',
  no: '保留',
  sending: '正在释放。',
  done: '已释放。',
  inUse: '未释放：Ray 表示它仍在使用中。',
  alreadyGone: '此前已释放。',
  unknown: '是否已释放尚不清楚。',
  checkAgain: '再次查看',
  neverArrived: '未释放：请求没有到达控制台，因此没有向 Ray 发送。',
  refused: (why) => `未释放：控制台没有接受。${why}`,
  other: (title, detail) => `未释放。${title}：${detail}`,
};

const stop: Words<typeof english.stop> = {
  start: '停止作业',
  menu: '停止作业…',
  ask: (submissionId) => `停止 ${submissionId}？无论进行到哪里，Ray 都会终止它；未保存的内容会丢失。`,
  askOwnCluster: (submissionId) =>
    `停止 ${submissionId}？无论进行到哪里，Ray 都会终止它；未保存的内容会丢失。其节点在释放之前仍被持有。`,
  yes: '停止',
  sending: '正在停止。',
  done: '已停止。',
  alreadyEnded: '未停止：它此前已结束。',
  notFound: '未停止：Ray 已没有这个作业。',
  unknown: '是否已停止尚不清楚。',
  neverArrived: '未停止：请求没有到达控制台，因此没有向 Ray 发送。',
  refused: (why) => `未停止：控制台没有接受。${why}`,
  other: (title, detail) => `未停止。${title}：${detail}`,
};

export const remove: Words<typeof english> = {
  open: '删除',
  dialog: {
    title: '删除',
    goesBack: (value) => `${nodesText(value)}将归还空闲池。`,
    noNodes: '它不持有节点。',
    dead: (value) => `其中 ${countText(value)} 个失效。`,
    usedBy: (value) => `仍有 ${jobsText(value)}在使用它。使用期间，Ray 拒绝删除。`,
    jobs: '使用它的作业',
    leftovers: (value) => `有 ${countText(value)} 个作业集群是已结束作业的残留。有残留时 Ray 拒绝删除：请先释放。`,
    leftoverList: '已结束作业的残留',
    unused: '就 Ray 列出的而言，没有作业在使用它。',
    usersUnknown: '使用者未知。',
    noFence: (id) => `Ray 在删除时不比较修订号：请求到达时，无论 ${id} 是什么状态都会被删除，即使刚刚有人更改过它。`,
    moved: (sets) => `打开之后它已变化。现在持有：${sets}。`,
    gone: '它已不在列表中：有人删除了它。',
    typeBefore: '输入',
    typeAfter: '以确认',
    confirm: '删除虚拟集群',
    keep: '取消',
    whenReleased: '会等到连续 5 分钟无人使用。残留在释放之前算作使用。',
    sending: '已发送给 Ray，正在等待应答。',
  },
  inUse: {
    title: '仍在使用',
    detail: 'Ray 没有删除它：仍有使用者持有其节点。',
    next: '不再有人持有时，请再次删除。',
    onlyLeftovers: '只有已结束作业的节点占住它。请释放，然后再次删除。',
    unlisted: 'Ray 现在没有列出任何占住它的内容。',
    unlistedDetail:
      '刚结束的作业可能还会占住它几秒钟。未列为作业的驱动程序和 detached actor 也可能占住它：请在启动它们的地方停止。然后再次删除。',
    unknownDetail: '占住它的内容未知：',
    releaseAll: (value) => `全部释放（${countText(value)}）`,
    releaseShown: (value) => `释放此处显示的 ${countText(value)} 个`,
  },
  gone: {
    title: '早已不存在',
    detail: 'Ray 没有此 ID 的虚拟集群：此前有人已删除它。无需再做任何操作。',
  },
  unknown: {
    title: '结果尚不清楚',
    detail: '删除请求已发送，结果尚不清楚。可能已生效，也可能没有。',
    consoleSilent: (why) => `没有收到控制台的应答：${why}`,
    again: '再次查看',
  },
  lookedAgain: {
    notSeen: (at) => `${at} 查看：仍未看到。`,
    notYet: '再次询问：尚不清楚。',
    consoleSilent: '再次询问：控制台仍没有应答。',
  },
  neverArrived: {
    title: '没有发送',
    detail: '删除请求没有到达控制台，控制台今后也会拒绝它：过去和将来都不会向 Ray 发送。',
    again: '立即发送',
  },
  refused: (why) => ({ title: '控制台没有接受', detail: `没有向 Ray 发送任何请求。${why}` }),
  release,
  stop,
  deleted: {
    title: (id) => `${id} 已删除`,
  },
};
