import type { UnknownCause } from '../../../domain/outcome.ts';
import type { panel as english } from '../en/panel.ts';
import type { Words } from '../words.ts';
import { countText, nodesText } from './count-text.ts';
import * as jobWords from './job-words.ts';
import { spaced, spacedAfter } from '../chinese-spacing.ts';

const unknownCause: Record<UnknownCause | 'console-ended', string> = {
  'console-ended': '控制台在记下 Ray 的应答之前就结束了。',
  traceback: 'Ray 在处理时出错；在出错之前可能已经生效。',
  'timed-out': 'Ray 没有及时应答。',
  cut: '在收到应答之前，与 Ray 的连接断开了。',
  'not-ray': '应答的不是 Ray，而是代理等其他服务。',
  unreadable: 'Ray 的应答已损坏或过长。',
};

const endedBefore = '控制台在 Ray 应答之前就结束了。';

const result: Words<typeof english.result> = {
  none: '无',
  waiting: { title: '正在发送', detail: 'Ray 尚未应答。' },
  applied: {
    title: '已完成',
    reply: 'Ray 已确认。',
    looked: 'Ray 的应答没有说明，但 Ray 显示了所请求的内容。',
    retries: (times) =>
      times === 1
        ? '只有修订号变化过，因此重新发送了一次。'
        : `只有修订号变化过 ${countText(times)} 次，因此重新发送。`,
  },
  conflict: {
    title: '已被他人更改',
    theirs: (sets) => `没有任何更改。Ray 当时有：${sets}。`,
    gone: '没有任何更改。该虚拟集群已被删除。',
    unread: '没有任何更改。未能读取 Ray 当时的状态。',
  },
  shortage: {
    title: { grow: '节点不足', shrink: '不能归还这么多' },
    grow: (sets) => `没有任何更改。Ray 可以增加：${sets}。`,
    shrink: (sets) => `没有任何更改。Ray 可以收回：${sets}。`,
    unmatched: (keys) => `Ray 还给出了无法区分的模板：${keys}。`,
  },
  mismatch: {
    title: '是否可分割不能更改',
    divisible: '没有任何更改。该虚拟集群是可分割的，Ray 从不更改这一点。',
    indivisible: '没有任何更改。该虚拟集群是不可分割的，Ray 从不更改这一点。',
  },
  inUse: { title: '仍在使用', detail: '没有任何更改。有作业在其中运行，或有作业集群仍持有其节点。' },
  notFound: { title: '不存在', detail: '没有任何更改。Ray 没有此 ID 的虚拟集群。' },
  alreadyEnded: { title: '早已结束', detail: '没有任何更改。该作业在此之前已结束。' },
  untilIdle: {
    title: '等待闲置',
    detail: '连续 5 分钟无人使用后即删除。',
    refused: (at) => `${at} 时 Ray 仍表示它在使用中，而 Ray 没有列出使用者；因此继续等待。`,
  },
  cancelled: {
    title: '已取消',
    person: (who) => `没有任何更改。由${spaced(who)}取消。`,
    changed: (sets, who) =>
      `没有任何更改。它已不是当初要删除的样子：${who === null ? '有人' : spacedAfter(who)}更改了它，当时它有 ${sets}。`,
    gone: '没有任何更改。在闲置足够久之前，该虚拟集群已不存在。',
    restarted: '没有任何更改。Ray 已重启，而此请求是针对之前的 Ray。',
    askedBefore: (who) => `没有任何更改。${spacedAfter(who)}此前已提出相同的请求，且仍在等待。`,
    rightWithdrawn: (who) => `没有任何更改。提出请求的令牌 ${who} 已失效，或不再有权更改此虚拟集群。`,
  },
  invalid: { title: '被 Ray 拒绝', detail: (message) => `没有任何更改。Ray 的说明：${message}` },
  blocked: {
    title: '被当作浏览器拒绝',
    detail: '没有任何更改。Ray 不接受来自浏览器的更改，而途中有服务使此请求看起来来自浏览器。',
  },
  unreachable: { title: '未发送', detail: '没有任何更改。无法连接 Ray。' },
  notApplied: {
    title: '没有发生',
    neverSent: '没有任何更改。没有发送给 Ray。',
    laterWrite: '没有任何更改。基于同一修订号的后一项变更已生效，因此这一项没有生效。',
  },
  unknown: {
    title: '结果尚不清楚',
    cause: unknownCause,
    notLooked: '可能已生效，也可能没有。控制台会自行再次查看。',
    looked: '上次查看时，Ray 没有显示它。它仍可能到来；控制台会自行再次查看。',
  },
  cannotBeKnown: {
    title: '无法得知',
    stillOnItsBase: (at, sets) =>
      `${endedBefore}${at} 再次查看时，它仍停留在发送时所基于的修订号，有 ${sets}：很可能从未到达。`,
    notShown: (at, sets) =>
      `${endedBefore}${at} 再次查看时，Ray 没有显示此变更的结果：它有 ${sets}。可能已生效而后又被更改，也可能没有生效。`,
    notShownGone: (at) =>
      `${endedBefore}${at} 再次查看时，Ray 没有此 ID 的虚拟集群。可能已生效而后又被删除，也可能没有生效。`,
    notShownJob: (at) => `${endedBefore}${at} 再次查看时，Ray 的作业列表没有说明其结果。`,
    askedMoreThanOnce: (at, sets) =>
      `有不止一项变更提出相同的请求，而 Ray 均未应答。${at} 再次查看时，它有 ${sets}：其中最多一项生效，但无法得知是哪一项。`,
    anotherRay: `${endedBefore}此后 Ray 已重启：当时发往的 Ray 已不存在。`,
    rayNotTold: `${endedBefore}发送时 Ray 尚未说明其会话：无法得知现在是否仍是同一个 Ray。`,
  },
};

interface Awaited {
  readonly clusterId: string;
  readonly templateId: string;
  readonly dead: number;
}

const soMany = ({ templateId, dead }: Awaited) => `${countText(dead)} 个 ${templateId}`;

const moved: Words<typeof english.moved> = {
  awaits: (of) => `${of.clusterId} 正在等待 ${soMany(of)}：Ray 会先把这样的节点给它。`,
  awaited: (of) => `${of.clusterId} 当时在等待 ${soMany(of)}：Ray 会先把这样的节点给它。`,
  wentTo: (of) => `${countText(of.went)} 个 ${of.templateId} 归 ${of.clusterId}。`,
  came: (value) => `增加 ${nodesText(value)}`,
  went: (value, isFirst) => (isFirst ? `移除 ${nodesText(value)}` : `移除 ${countText(value)} 个`),
  none: '没有增加或移除节点。',
  more: (value) => `+${countText(value)}`,
  all: '全部显示',
  cameList: '增加',
  wentList: '移除',
  notKept: (value) => `另有 ${nodesText(value)}，未保留名称`,
  node: (shortId, templateId) => `${shortId}（${templateId}）`,
  row: (shortId, hostname, templateId) => `${shortId} ${hostname}（${templateId}）`,
};

export const panel: Words<typeof english> = {
  result,
  moved,
  close: '关闭此虚拟集群',
  more: (id) => `${id} 的更多操作`,
  divisible: '可分割',
  indivisible: '不可分割',
  divisibleMeans: '每个作业在其中获得专属节点。',
  indivisibleMeans: '其作业共享全部节点。',
  lastRevision: '最近修订',
  revisionIsNoTime: '此修订号不是时间。',
  revisionDigits: '修订号',
  mayNotWrite: (why) => `只读。${why}`,
  connecting: '尚未读取集群状态。',
  notRead: {
    title: '尚未读取',
    detail: '尚未读取 Ray 的虚拟集群列表，因此控制台无法判断是否有此 ID 的虚拟集群。',
  },
  gone: {
    title: '此虚拟集群已不存在',
    detail: (id) => `打开时它还在；Ray 的列表中已没有 ${id}。在此期间有人删除了它。`,
  },
  missing: {
    title: '没有这个虚拟集群',
    detail: (id) => `Ray 的列表中没有 ${id}。它已被删除，或从未存在。请检查 ID 的拼写：区分大小写。`,
  },
  toList: '前往虚拟集群',
  toCreate: '新建虚拟集群',
  sets: {
    title: '副本集',
    template: '模板',
    have: '持有',
    used: '已用',
    reserved: '预留',
    idle: '闲置',
    dead: '失效',
    all: '合计',
    none: '它不持有节点。请编辑以分配节点。',
    deadMeans: '失效节点仍是成员，计为持有。一旦有同模板的存活节点空闲，Ray 会自动替换。',
  },
  usedBy: {
    title: '使用者',
    nobody: '就 Ray 列出的而言，没有作业在其中运行。',
    usedUnlisted: (value) => `仍有 ${nodesText(value)}已用：由 Ray 未列为作业的驱动程序或 actor 使用。这同样会占住它。`,
    others: '可能还有未列为作业的驱动程序或 detached actor 在使用它。',
    jobCluster: '作业集群',
    jobId: '提交 ID',
    nodesUnknown: '节点：',
    status: jobWords.status,
    statusUnknown: '状态：',
    noJob: 'Ray 已不再列出此 ID 的作业。',
    doubt: {
      contested: '有多个虚拟集群被指为此作业的运行之处，因此不计入其中任何一个。只有可操作全部虚拟集群的人才能停止它。',
      unconfirmed:
        '它自称属于此虚拟集群，但 Ray 的作业列表和节点列表未能证实它在此运行。只有可操作全部虚拟集群的人才能停止它。',
    },
    cannotBeStopped: '其 ID 在 Ray 看来可能指向另一个作业，因此不能在此停止。',
    started: jobWords.started,
    ended: (ago) => `${ago}结束`,
    lastSeen: (ago) => `上次看到：${ago}`,
    lastSeenMeans: 'Ray 现在没有显示它；它可能已不存在。',
    leftover: '作业已结束，仍持有节点',
    leftoverUnknown: '其作业是否已结束：',
    list: '作业集群与作业',
  },
  nodes: { title: '节点' },
  history: {
    title: '历史',
    all: '变更日志中的全部变更',
    none: '控制台没有它的任何记录。',
    list: '最近的变更',
    failed: (why) => `无法读取变更日志：${why}`,
  },
  raw: {
    title: '原始应答',
    detail: '上次读取时 Ray 列表给出的虚拟集群，逐字逐句；此处只添加了空白。',
    copy: '原始应答',
    again: '重新读取',
    hide: '隐藏',
    loading: '正在加载',
    failed: (why) => `无法显示：${why}`,
  },
};
