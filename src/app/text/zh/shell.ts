import type { api as englishApi, freshness as englishFreshness, shell as english } from '../en/shell.ts';
import type { Words } from '../words.ts';
import { countText } from './count-text.ts';

export const shell: Words<typeof english> = {
  name: '虚拟集群控制台',
  skip: '跳到主要内容',
  navigation: '主导航',
  openNavigation: '菜单',
  clusters: '虚拟集群',
  nodes: '节点地图',
  usage: '用量',
  plans: '计划',
  fleetFile: '集群文件',
  journal: '变更日志',
  overview: '概览',
  search: '搜索…',
  shortcuts: '键盘快捷键',
  simulation: '模拟',
  simulated: '模拟的 Ray',
  ray: (address, version) => (version === null ? address : `${address} · Ray ${version}`),
  changeTheme: '切换主题',
  language: '语言',
  meaning: (word) => `“${word}”的含义`,
  theme: { light: '主题：浅色', dark: '主题：深色', auto: '主题：跟随系统' },
  account: (who) => (who === null ? '账户与主题' : `账户：${who}`),
  notFound: { title: '没有这个页面', go: '前往虚拟集群' },
  crashed: {
    title: '页面的这一部分出错了',
    detail: '已发送的变更会继续进行，并记录在变更日志中。草稿仍保留在此标签页中。',
    why: (reason) => `失败原因：${reason}`,
    again: '重试',
  },
  toasts: {
    label: '消息',
    key: 'F8',
    dismiss: '关闭',
    more: (count) => `另有 ${String(count)} 条`,
  },
  print: { at: (time) => `打印时间：${time}` },
  titles: {
    separator: ' · ',
    dead: (value) => `● ${countText(value)} 个失效`,
    notFound: '没有这个页面',
    failing: {
      'ray-unreachable': '无法连接 Ray',
      'ray-fails': 'Ray 出错',
      'ray-unreadable': '无法读取 Ray 的列表',
      'console-unreachable': '无法连接控制台',
    },
  },
  loading: '正在加载',
  close: '关闭',
  cancel: '取消',
};

export const freshness: Words<typeof englishFreshness> = {
  live: '实时',
  connecting: '正在连接',
  signedOut: '未登录',
  seconds: (value) => `≤ ${String(value)} 秒前`,
  minutes: (value) => `≤ ${String(value)} 分钟前`,
  agedSpoken: '所见内容最多是一分钟前的',
  oldSpoken: '所见内容已超过一分钟',
  readAgo: (seconds) => `所见内容是 ${String(seconds)} 秒前从 Ray 读取的。`,
  why: {
    live: '控制台每隔几秒读取一次 Ray。',
    connecting: '页面正在等待第一次应答。',
    signedOut: '当前未登录，因此不会收到更新的内容。',
    cache: '列表这么大时，Ray 从缓存应答，因此内容总会略旧。这不是故障。',
    slow: (seconds) => `Ray 较慢：应答用了 ${String(seconds)} 秒，因此控制台降低了读取频率。`,
    notRead: '有一段时间无人查看，因此控制台降低了读取频率。现在正在读取。',
    failing: '原因见屏幕底部的消息。',
  },
  rayUnreachable: (since) => `自 ${since} 起无法连接 Ray`,
  rayFails: (since) => `自 ${since} 起 Ray 出错`,
  rayUnreadable: (since) => `自 ${since} 起无法读取 Ray 的列表`,
  consoleUnreachable: (since) => `自 ${since} 起无法连接控制台`,
};

export const api: Words<typeof englishApi> = {
  unreachable: '控制台没有响应。',
  unreadable: '应答不是来自控制台，或应答已损坏。',
};
