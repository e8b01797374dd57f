import type { NotOpenedCause } from '../../../contract/rays.ts';
import type { raysText as english } from '../en/rays.ts';
import type { Words } from '../words.ts';
import { countText } from './count-text.ts';
import { spaced } from '../chinese-spacing.ts';

const another = '请用 --data-dir <路径> 指定另一个文件夹。';
const causes: Readonly<Record<NotOpenedCause['code'], (at: string) => string>> = {
  'journal-newer': (at) => `变更日志 ${at} 由更新版本的控制台写入。请启动那个版本，或${another}`,
  'journal-in-use': (at) => `另一个控制台正在使用变更日志 ${at}。请停止它，或${another}`,
  'journal-link': (at) => `${at} 是符号链接，变更日志不会跟随。请删除它，或${another}`,
  'journal-not-writable': (at) => `无法在 ${at} 中写入变更日志。${another}`,
  'usage-newer': (at) => `用量 ${at} 由更新版本的控制台写入。请启动那个版本，或${another}`,
  'usage-link': (at) => `${at} 是符号链接，用量不会跟随。请删除它，或${another}`,
  'usage-not-writable': (at) => `无法在 ${at} 中写入用量。${another}`,
};

export const raysText: Words<typeof english> = {
  title: '所有 Ray',
  all: '所有 Ray',
  choose: (name) => `Ray：${name}。切换`,
  current: '当前显示',
  go: (name) => `Ray ${name}`,
  missing: (name) => `此控制台没有名为 ${name} 的 Ray。`,
  loading: '正在加载',
  failed: (why) => `现在无法得知各个 Ray 的情况：${why}`,
  simulated: '模拟',
  list: '此控制台的 Ray',
  clusters: (value) => `${countText(value)} 个虚拟集群`,
  nodes: (value) => `${countText(value)} 个节点`,
  nodesUnknown: '节点数未知',
  dead: (value) => `${countText(value)} 个失效`,
  deadUnknown: '失效数未知',
  free: '空闲节点',
  freeOf: (count, alive) => (alive === null ? countText(count) : `${countText(count)} / ${countText(alive)}`),
  atMost: (count) => `≤ ${count}`,
  unknown: '未知',
  noTemplates: '没有节点',
  moreTemplates: (value) => `另有 ${countText(value)} 个模板`,
  attention: (value) => `${countText(value)} 项需要关注`,
  calm: '没有需要关注的事项',
  read: (ago) => `${ago}读取`,
  lastChange: (clusterId, who, ago) => `${clusterId} ${ago}由${spaced(who)}更改`,
  noChange: '变更日志中还没有变更',
  state: {
    opening: '正在启动',
    'not-opened': '无法启动',
    reading: '正在首次读取 Ray',
  },
  notOpened: (because, cause) => (cause === null ? because : causes[cause.code](cause.at)),
  failing: {
    'not-read-yet': '尚未读取',
    'node-full': 'Ray 出错',
    failed: 'Ray 出错',
    'too-large': 'Ray 的应答过大',
    truncated: 'Ray 的应答被截断',
    'timed-out': 'Ray 没有及时应答',
    unreachable: '无法连接 Ray',
    unreadable: '无法解读 Ray 的应答',
    'not-offered': '此 Ray 不提供其列表',
  },
  refused: 'Ray 或其前面的代理拒绝了控制台',
  status: (status) => `Ray 应答 HTTP ${String(status)}`,
  since: (failure, time) => `自 ${time} 起：${failure}`,
  lastRead: (ago) => `上次读取：${ago}`,
  neverRead: '此控制台启动以来从未读取',
};
