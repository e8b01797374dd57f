import type { ShownState } from '../../../contract/map.ts';
import type { map as english } from '../en/map.ts';
import type { Words } from '../words.ts';
import { countText, nodesText } from './count-text.ts';

const orUnknown = (value: number | null) => (value === null ? '?' : countText(value));

const state: Record<ShownState, string> = {
  used: '已用',
  reserved: '预留',
  idle: '闲置',
  free: '空闲',
  alive: '存活',
  arriving: '正在加入',
  dead: '失效',
  unknown: '未知',
};

export const map: Words<typeof english> = {
  state,
  stateMeans: {
    used: '其 CPU 或 GPU 已被使用，或有作业的 supervisor 在其上运行。',
    reserved: '由某个作业保留，或其内存在使用中，但 CPU 和 GPU 都未使用：不能收回。',
    idle: '其上没有运行任何工作，也没有作业保留它：可以收回。',
    free: '在空闲池中，其上没有运行任何工作。',
    alive: '存活；是已用、预留还是闲置未知。',
    arriving: '加入不到一分钟。',
    dead: 'Ray 报告其已失效。',
    unknown: '没有来源说明它存活还是失效。',
  },
  view: { label: '视图', map: '地图', table: '表格' },
  colouring: { label: '着色', cluster: '虚拟集群', state: '状态', use: '负载' },
  held: (value) => `持有 ${orUnknown(value)}`,
  cardNumbers: {
    words: (of, value) => `${state[of]} ${countText(value)}`,
    short: (of, value) => `${state[of].slice(0, 1)}${countText(value)}`,
  },
  jobBox: (entrypoint, submissionId) =>
    entrypoint === null ? `作业 ${submissionId}` : `${entrypoint} · ${submissionId}`,
  load: (eighths) => `使用率 ${String(Math.round(eighths * 12.5))}%`,
  loadUnknown: '使用率未知',
  loadScale: { from: '负载 0%', to: '100%' },
  grouping: { label: '分组', cluster: '虚拟集群', template: '模板' },
  pool: '空闲池',
  noTemplate: '模板未知',
  templateNodes: (name, value) => `${name} · ${countText(value)}`,
  job: (submissionId) => `作业 ${submissionId}`,
  name: '全部节点的地图',
  help: '方向键在节点间移动，Page Up 和 Page Down 在区块间移动。Enter 打开节点。Esc 回到其虚拟集群：在那里，方向键在虚拟集群间移动，空格打开，Enter 进入其节点。加号和减号缩放，0 显示全部。T 以表格显示相同内容。',
  legend: '状态',
  legendItem: (of, value) => `${state[of]} ${orUnknown(value)}`,
  deadNotCounted: (known) => (known === 0 ? `${state.dead}：未统计` : `${state.dead}：至少 ${countText(known)}`),
  zoom: { label: '缩放', in: '放大', out: '缩小', fit: '显示全部' },
  find: {
    label: '按 ID、主机或模板查找节点',
    placeholder: '查找节点（/）',
    searching: '正在查找',
    none: '没有找到节点',
    found: (value) => `找到 ${nodesText(value)}`,
    at: (index, total) => `第 ${countText(index + 1)} 个，共 ${countText(total)} 个`,
    atSome: (index, shown, total) =>
      `前 ${countText(shown)} 个中的第 ${countText(index + 1)} 个；共找到 ${countText(total)} 个`,
    next: '下一个找到的节点',
    previous: '上一个找到的节点',
    failed: (why) => `未能查找：${why}`,
  },
  kiosk: {
    label: '大屏展示',
    all: '全部节点',
    stopped: '已停止',
    stop: '停止巡览',
    resume: '继续巡览',
    leave: '退出大屏展示',
  },
  clear: '清除高亮',
  cell: (of) =>
    [of.state, of.template, of.holder, of.id === null ? '' : `节点 ${of.id}`, of.host === null ? '' : `主机 ${of.host}`]
      .filter((part) => part !== '')
      .join('，'),
  failed: (why) => `地图不是最新的：${why}`,
  neverCame: (why) => `无法显示地图：${why}`,
  loading: '正在加载',
  empty: '没有可显示的节点。',
  clusterCard: {
    nodes: '节点',
    held: '持有',
    all: '全部',
    noNodes: '它在地图上没有节点。',
    noJobs: '没有作业在其中运行。',
    noEntrypoint: '入口命令未知',
    leftover: '残留：其作业已结束，但仍持有节点。',
    announced: (name, numbers) => `${name}：${numbers}`,
  },
  card: {
    title: (shortId) => `节点 ${shortId}`,
    close: '关闭',
    gone: 'Ray 没有此 ID 的节点。它已离开，或从未存在。',
    failed: (why) => `无法显示此节点：${why}`,
    notOnMap: '它不在地图上。',
    id: 'ID',
    cluster: '虚拟集群',
    jobCluster: '作业集群',
    gpu: 'GPU',
    memory: '内存',
    objectStore: '对象存储',
    gib: (amount) => `${amount} GiB`,
    usage: '使用率',
    jobs: '由此节点监管的作业',
    noJobs: '无',
    jobUnknownStatus: '状态未知',
    dead: {
      since: '失效时间',
      longer: '超过 15 分钟，或未观察到',
      next: 'Ray 的处理',
      replacement: {
        soon: (template) => `自动替换：${template} 有空闲节点。`,
        waits: (template) => `有空闲的 ${template} 节点时替换；目前没有。`,
        'when-free': (template) => `有空闲的 ${template} 节点时替换。`,
        not: () => '不处理：它原在空闲池中。',
      },
      cost: '影响',
      oneFreeLess: '空闲节点少一个。',
      heldInVain: (clusterId) =>
        `${clusterId === null ? '它' : `它在 ${clusterId} 中`}仍计为持有，但不能在其上运行任何工作。`,
      jobHasOneLess: '其作业少一个节点。',
    },
  },
};
