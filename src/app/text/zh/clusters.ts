import type { clusters as english } from '../en/clusters.ts';
import type { Words } from '../words.ts';
import { countedText, countText, jobsText, nodesText } from './count-text.ts';

const listed = (names: readonly string[]) => names.join('、');

const free: Words<typeof english.free> = {
  title: '空闲节点',
  ofAll: (value, of) => `空闲 ${countText(value)}，共 ${countText(of)}`,
  atMost: (value, of) => `空闲${value === 0 ? ' 0' : `最多 ${countText(value)}`}，共 ${countText(of)}`,
  some: (value) => `空闲 ${countText(value)}`,
  someAtMost: (value) => (value === 0 ? '空闲 0' : `空闲 ≤ ${countText(value)}`),
  unknownOf: (of) => `空闲未知，共 ${countText(of)}`,
  noneAlive: '没有存活的节点',
  asOf: (time) => `截至 ${time}。`,
  whyUnknown: (why) => `空闲：未知。${why}`,
  whyAtMost: (why) => `最多：${why}按已知未被持有的节点计算。`,
  head: '（头节点）',
  headTitle: '头节点属于此模板。取走此模板的最后几个节点时，会取走头节点。',
  reading: '正在读取',
  showAll: (value) => `显示全部 ${countText(value)} 个模板`,
  showFewer: '收起',
  jobClusters: (clusters, nodes) => `主集群中的 ${countedText(clusters, '个作业集群')}持有 ${nodesText(nodes)}`,
  jobClustersNodesUnknown: (clusters) => `主集群中有 ${countedText(clusters, '个作业集群')}，节点数未知`,
  jobClusterNodes: (templateId, value) => `${templateId} ${countText(value)}`,
  leftover: '待释放：其作业已结束',
  primary: '主集群',
  primaryList: '主集群中的作业集群',
  showMoreTemplates: (value) => `另有 ${countedText(value, '个模板')}：见节点地图`,
  jobClustersUnknown: '主集群中的作业集群：',
};

const columns: Words<typeof english.columns> = {
  id: 'ID',
  kind: '类型',
  sets: '副本集',
  nodes: '节点',
  'used-by': '使用者',
  trend: '最近 7 天',
  owner: '负责人',
  revision: '最近修订',
};

const menu: Words<typeof english.menu> = {
  label: (id) => `${id} 的操作`,
  open: '打开',
  edit: '编辑',
  continueEditing: '继续编辑',
  copyId: '复制 ID',
  copyLink: '复制链接',
  submit: '复制提交命令',
  curlSave: '复制 curl：按现状 POST',
  curlList: '复制 curl：GET 列表',
  curlDelete: '复制 curl：DELETE 删除',
  duplicate: '复制为新集群…',
  showOnMap: '在地图上显示',
  showRaw: '原始应答',
  delete: '删除',
  deleteUnderWay: '它的删除正在进行。',
};

export const clusters: Words<typeof english> = {
  title: '虚拟集群',
  create: '新建虚拟集群',
  loading: '正在加载虚拟集群',
  chipDead: (value) => `${countText(value)} 个失效`,
  chipDeadUnknown: (why) => `失效节点数未知。${why}`,
  free,
  columns,
  readOnly: { title: '只读' },
  menu,
  menuColumn: '操作',
  sortBy: '排序方式',
  ascending: '升序',
  descending: '降序',
  revisionTitle: (revision, time) => (time === null ? `修订号 ${revision}` : `修订号 ${revision}，${time}`),
  filter: {
    label: '筛选',
    placeholder: 'ID、模板或负责人',
    key: '/',
    kind: '类型',
    kinds: { all: '全部', divisible: '可分割', indivisible: '不可分割' },
    inUse: '使用中',
    mine: '我的',
    mineTitle: '你可以更改的虚拟集群',
    deadNodes: '失效节点',
    clear: '清除筛选',
  },
  counts: {
    clusters: (shown, all) =>
      shown === all ? countedText(all, '个集群') : `${countText(shown)} / ${countedText(all, '个集群')}`,
    nodes: nodesText,
    nodesUnknown: '节点：',
    dead: (value) => `${countText(value)} 个失效`,
    deadUnknown: '失效：',
    deadNotCounted: '失效：未统计',
  },
  deadHelp: '当同模板的节点空闲时，Ray 会自动替换失效节点。',
  usage: (parts) =>
    parts
      .filter(([, value]) => value > 0)
      .map(([use, value]) => `${useWords[use]} ${countText(value)}`)
      .join('，'),
  kind: { divisible: '可分割', indivisible: '不可分割', jobCluster: '作业集群' },
  kindHelp: {
    divisible: '每个作业在其中获得专属节点。',
    indivisible: '作业共享其节点。',
  },
  select: (id) => `选择 ${id}`,
  selectAll: '选择所有显示的',
  noNodes: '没有节点',
  more: (value) => `另有 ${countText(value)} 项`,
  jobClustersTitle: '在此显示其作业集群',
  moreJobClusters: (value) => `另有 ${countText(value)} 个：打开此虚拟集群查看`,
  leftOver: '待释放',
  nodesWord: () => '个节点',
  unsaved: '未保存',
  unsavedNewTitle: '有一个新虚拟集群的草稿尚未保存。',
  unsavedTitle: '它有一份尚未保存的草稿。',
  replaced: {
    soon: (templates) => `Ray 会自动替换：${listed(templates)} 有空闲节点。`,
    waiting: (templates) => `有空闲的 ${listed(templates)} 节点时，Ray 会替换；目前没有。`,
    doubtful: (templates) => `有空闲的 ${listed(templates)} 节点时，Ray 会替换。`,
    alsoWaiting: (templates) => `${listed(templates)}：目前没有空闲节点。`,
    alsoDoubtful: (templates) => `${listed(templates)}：待有空闲节点时。`,
  },
  use: {
    none: '没有作业',
    jobs: jobsText,
    leftover: (value) => `${countText(value)} 个待释放`,
    leftoverTitle: (value) => `${countedText(value, '个作业集群')}的作业已结束，但仍持有节点。打开此虚拟集群即可释放。`,
    doubtful: (value) => countedText(value, '个作业集群'),
    doubtfulTitle: (why) => `其作业是否仍在运行未知。${why}`,
    lastSeen: (ago) => `上次看到：${ago}`,
    lastSeenTitle: (why) => `Ray 上一次提供信息时的使用者。${why}`,
  },
  empty: {
    title: '还没有虚拟集群。',
    first: {
      fleet: 'Ray 集群由节点组成，每个节点属于一个',
      template: '节点模板。',
      cluster: '虚拟集群',
      clusterMeans: '持有各模板的若干节点，只有自己的作业使用它们。',
      rest: '未被任何虚拟集群持有的节点在',
      pool: '空闲池。',
      suggest: (templateId, value) => `从 ${countText(value)} 个 ${templateId} 开始`,
    },
    free: (value) => (value === 0 ? '没有空闲节点。' : `有 ${nodesText(value)}空闲。`),
    freeAtMost: (value) => `最多有 ${nodesText(value)}空闲。`,
    freeUnknown: (why) => `空闲节点数未知。${why}`,
    onlyHead: '只有头节点。请使用 RAY_NODE_TYPE_NAME 启动工作节点。',
    onlyHeadDetail: '以 RAY_NODE_TYPE_NAME=4c8g 启动的工作节点属于模板 4c8g，几秒内会显示在此处。',
    neverRead: '尚未得知 Ray 的虚拟集群。',
    noMatch: (filter) => `没有与“${filter}”匹配的内容。`,
    noMatchToggles: '没有匹配的虚拟集群。',
  },
};

const useWords = { used: '已用', reserved: '预留', idle: '闲置', dead: '失效', unknown: '未知' } as const;
