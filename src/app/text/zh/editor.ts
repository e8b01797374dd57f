import type { ClusterIdProblem } from '../../../domain/cluster-id.ts';
import type { editor as english } from '../en/editor.ts';
import type { Words } from '../words.ts';
import { countText, jobsText, nodesText } from './count-text.ts';
import { saveOutcomes } from './save-outcomes.ts';
import * as titles from './titles.ts';

const idProblems: Record<ClusterIdProblem, string> = {
  empty: '请输入 ID。',
  'job-separator': 'ID 不能含有 ##：Ray 将永远无法移除它，且其状态 API 会对所有人失败。',
  primary: 'kPrimaryClusterID 是 Ray 自己对空闲池的称呼。',
  'too-long': 'ID 最多 128 个字符。',
  'control-character': 'ID 不能含有控制字符。',
  'outer-space': 'ID 不能以空格开头或结尾。',
  'path-dots': 'ID 不能是 . 或 ..：没有请求能到达它并将其移除。',
  braces: 'ID 不能含有 { 或 }：Ray 将永远无法移除它。',
};

const form: Words<typeof english.form> = {
  id: '虚拟集群 ID',
  idProblems,
  idExists: (id) => `${id} 已存在。保存会与它冲突。`,
  editExisting: (id) => `编辑 ${id}`,
  divisible: '可分割',
  indivisible: '不可分割',
  forGood: '不可更改：',
  divisibleLocked: '集群一旦存在，Ray 就不能更改这一项。',
  divisibleOn: '每个作业在其中获得专属节点。',
  divisibleOff: '作业共享其节点。',
  replicaSets: '副本集',
  template: '模板',
  now: '当前',
  want: '目标',
  free: '空闲',
  willDo: '影响',
  less: (templateId) => `减少一个 ${templateId}`,
  more: (templateId) => `增加一个 ${templateId}`,
  removeRow: (templateId) => `移除 ${templateId} 行`,
  noTemplates: '没有已知的模板。请按名称添加一个。',
  nothingHeld: '它不持有节点。请添加模板。',
  create: '创建',
  noNodes: '它将不持有节点。',
  save: '保存更改',
  sending: '正在保存…',
  looking: '正在查看…',
  discard: '放弃',
  addToPlan: '加入计划',
};

/** A few names; of more, how many others there are. */
function listedNames(names: readonly string[]): string {
  const [first = '', second, ...more] = names;
  if (second === undefined) return first;
  return more.length === 0 ? `${first} 和 ${second}` : `${first}、${second} 等 ${countText(names.length)} 个虚拟集群`;
}

const willDo: Words<typeof english.willDo> = {
  takes: (value) => `${countText(value)} 个来自空闲池`,
  takesAtMost: (value, free) => `${countText(value)} 个来自空闲池，其中最多有 ${countText(free)} 个`,
  takesUnknown: (value) => `增加 ${countText(value)} 个。空闲数未知`,
  short: (value, atLeast) => `${atLeast ? '至少' : ''}缺少 ${countText(value)} 个`,
  idle: (clusterId, value) => `${clusterId} 有 ${countText(value)} 个闲置`,
  goesBack: (value) => `${countText(value)} 个归还空闲池`,
  goesBackDoubtful: (value) => `${countText(value)} 个归还空闲池，除非有作业持有`,
  kept: (of) => {
    const can = of.can === 0 ? '没有可归还的节点' : `${of.atMost ? '最多' : '只有'} ${countText(of.can)} 个可以归还`;
    return of.jobs !== null && of.isDivided
      ? `${can}：${countText(of.kept)} 个由 ${jobsText(of.jobs)}持有`
      : `${can}：${countText(of.kept)} 个使用中`;
  },
  waitedFor: (of) =>
    `${listedNames(of.clusterIds)} 正在等待 ${countText(of.dead)} 个 ${of.templateId}：Ray 会先给${of.clusterIds.length === 1 ? '它' : '它们'} ${countText(of.first)} 个`,
  keepsTheirs: (value) => `保留对方的 ${countText(value)}`,
  undecided: (mine, theirs) => `我的 ${countText(mine)} 或对方的 ${countText(theirs)}：尚待选择`,
  jobsAtRisk: (value) => `${jobsText(value)}可能失去节点`,
  jobsUnknown: '是否有作业在使用未知',
  head: '头节点属于此模板：Ray 可能取走它',
  noNode: '没有节点属于此模板',
  dead: (value) => `其中 ${countText(value)} 个节点失效，仍计入`,
};

const since: Words<typeof english.since> = {
  unchanged: (at) => `${at} 打开，此后没有变化。`,
  unknown: (at, since, why) => `${at} 打开。自 ${since} 起情况未知：${why}`,
  notReadYet: (at) => `${at} 打开，此后的情况尚不清楚：控制台已重新启动，正在读取 Ray 的列表。`,
  consoleLost: '控制台没有响应此页面。',
  revisionOnly: (at) => `${at} 打开，此后只有修订号变了。`,
  changed: (at, moves) => `${at} 打开，此后 ${moves}。`,
  move: (templateId, from, to) => `${templateId} ${countText(from)} → ${countText(to)}`,
  gone: (at) => `${at} 打开，此后被删除：保存会重新创建它。`,
  anotherRay: (at, sets) =>
    `这不是 ${at} 开始时的那个 Ray，或控制台已重新启动。它现在${sets === '' ? '没有节点' : `有 ${sets}`}。`,
  anotherRayWithout: (at) => `这不是 ${at} 开始时的那个 Ray，或控制台已重新启动。它现在不存在：保存会创建它。`,
  otherKind: (at, divisible) => `${at} 打开，此后被删除并重新创建为${divisible ? '可分割' : '不可分割'}。`,
  startFromNow: '从当前状态开始',
  reverted: '已填入变更日志中以前的副本集。尚未保存。',
  suggested: '已填入去掉从未需要的节点后的数量。尚未保存。',
  restored: '之前在此输入的内容已恢复。',
  kept: '尚未保存。关闭后仍保留在此标签页中。',
};

const ask: Words<typeof english.ask> = {
  empty: {
    title: '创建不含节点的虚拟集群？',
    detail: '在它拥有节点之前，没有作业能在其中运行。',
    yes: '创建空集群',
  },
  head: {
    title: '可能会取走头节点',
    detail: '其中有些节点属于头节点的模板。Ray 可能取走头节点本身，而 Ray 以及本控制台对它的读取都依赖头节点。',
    yes: '仍然取走',
  },
  recreate: {
    title: '重新创建？',
    detail: (id) => `${id} 在打开之后被删除。保存会用空闲池中的节点重新创建它。`,
    yes: '重新创建',
  },
  jobs: {
    title: '运行中的作业可能失去节点',
    detail: (value) => `有 ${jobsText(value)}在其中运行。Ray 可能取走作业 supervisor 所在的节点，届时该作业会终止。`,
    inCluster: (submissionId, jobClusterId) => `${submissionId} 在 ${jobClusterId} 中`,
    list: '作业',
    notLooked: '刚才未能查到有哪些作业在其中运行。Ray 可能取走作业 supervisor 所在的节点，届时该作业会终止。',
    unknownDetail: '目前不知道是否有作业在其中运行。Ray 可能取走作业 supervisor 所在的节点，届时该作业会终止。',
    yes: '仍然保存',
  },
  discard: {
    title: '放弃已输入的内容？',
    detail: '不会向 Ray 发送任何请求。此处输入的内容将被丢弃。',
    yes: '放弃',
  },
  back: '继续编辑',
};

export const editor: Words<typeof english> = {
  titleNew: titles.create,
  titleEdit: titles.edit,
  close: '关闭',
  closeKeeps: '关闭，并保留已输入的内容',
  setsOf: (templateId, value) => `${templateId} ${countText(value)}`,
  nodes: nodesText,
  form,
  countProblems: {
    empty: (held) =>
      held === 0 ? '请输入一个数。0 表示不需要。' : `请输入一个数。0 表示归还全部 ${countText(held)} 个。`,
    'not-whole': '请用数字输入 0 或更大的整数。',
    'too-large': 'Ray 最多接受 2147483647。',
  },
  willDo,
  add: {
    open: '添加模板',
    label: '模板',
    known: '已知的模板',
    add: '添加',
    cancel: '取消',
    empty: '请输入或选择模板名称。',
    duplicate: (templateId) => `${templateId} 已在表单中。`,
    inForm: '已在表单中',
    headOption: '头节点自己的模板：Ray 可能取走头节点',
    unknown: '没有节点属于此模板，因此 Ray 没有可分配的节点。仍要添加请点击“添加”。',
    unknownOption: '没有节点属于此模板',
  },
  since,
  gate: {
    looking: '发送之前，正在查看有哪些作业在其中运行。',
    sending: '正在发送。',
    unsettled: '已发送，结果尚不清楚。',
    'decide-above': '请先在上方选择。',
    'no-change': '尚无更改。',
    'there-already': '它已有这些节点。保存只会使其修订号变化。',
    'another-ray': '请先从当前状态开始。已输入的内容会保留。',
    'other-kind': '不能按现状保存：Ray 从不更改集群是否可分割。请放弃后重新编辑。',
    listUnreadable: '目前不能作任何更改：无法读取此 Ray 的虚拟集群列表。',
  },
  missing: {
    title: (id) => `没有虚拟集群 ${id}`,
    detail: '它可能已被删除。',
    list: '前往虚拟集群',
  },
  ask,
  ...saveOutcomes,
};
