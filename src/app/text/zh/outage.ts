import type { NetworkError, UnknownReason } from '../../../domain/sourced.ts';
import type { outage as english } from '../en/outage.ts';
import type { Words } from '../words.ts';
import { countedText } from './count-text.ts';

const networkErrors: Record<NetworkError, string> = {
  refused: '拒绝连接',
  'unknown-host': '的主机名无法解析',
  'no-route': '从控制台没有可达的路由',
  'connect-timed-out': '未及时接受连接',
  tls: '出示的证书不被控制台接受',
  closed: '在应答之前关闭了连接',
};

/** What the console met when it last asked Ray, as the end of a sentence that begins with Ray's address. */
function reasonEnd(reason: UnknownReason): string {
  switch (reason) {
    case 'timed-out':
      return '没有及时应答';
    case 'unreachable':
      return '无法连接';
    case 'failed':
    case 'node-full':
      return '在查询虚拟集群时返回了自身的错误';
    case 'too-large':
      return '的应答超出了控制台读取的上限';
    case 'truncated':
      return '只返回了列表的一部分';
    case 'not-offered':
      return '没有虚拟集群列表';
    case 'not-read-yet':
    case 'unreadable':
      return '返回的内容不是 Ray 的应答';
  }
}

/** What answered in Ray's place, by its HTTP status, as the end of a sentence that begins with Ray's address. */
function statusEnd(status: number): string {
  if (status === 401) return '要求登录（HTTP 401）：Ray 或其前面的代理需要令牌';
  if (status === 403) return '拒绝了控制台（HTTP 403）：令牌没有读取权限，或代理禁止访问';
  if (status === 404 || status === 405) return `返回 HTTP ${String(status)}：这是一个 Web 服务器，但不是 Ray 的仪表板`;
  if (status === 502 || status === 503 || status === 504) return `返回 HTTP ${String(status)}：代理没有收到 Ray 的应答`;
  if (status >= 300 && status < 400) return `跳转到了别处（HTTP ${String(status)}），登录页面通常如此`;
  return `返回 HTTP ${String(status)}，Ray 不会这样应答`;
}

function statusCheck(status: number): string {
  if (status === 401 || status === 403 || (status >= 300 && status < 400))
    return '请为控制台提供可读取 Ray 的令牌，写入 RAY_AUTH_TOKEN_PATH 指定的文件（多个 Ray 时为 --config 文件中的 token-file）；控制台会自行重新读取该文件。如果 Ray 前面的代理要求登录，请放行控制台，或为它提供代理之后的地址。';
  if (status === 404 || status === 405)
    return '请检查 --ray-address（或 --config 文件中的 url）是否为 Ray 仪表板的地址（端口 8265），并包含代理所用的路径。';
  if (status === 502 || status === 503 || status === 504)
    return '请检查 Ray 是否在运行，以及其前面的代理是否知道它的地址。';
  return '请检查控制台与 Ray 之间有什么服务。';
}

export const outage: Words<typeof english> = {
  shownFrom: (time) => `所见内容来自 ${time}。`,
  nothingShown: '尚未读取到任何内容。',
  met: (address, reason) => `${address} ${reasonEnd(reason)}。`,
  metNetwork: (address, error) => `${address} ${networkErrors[error]}。`,
  metStatus: (address, status) => `${address} ${statusEnd(status)}。`,
  simulatedAddress: '模拟的 Ray',
  works: '变更日志和草稿仍可使用；保存需要 Ray。',
  next: (seconds) => (seconds <= 0 ? '正在重试' : `${String(seconds)} 秒后重试`),
  tryNow: '立即重试',
  trying: '正在重试…',
  tryFailed: '控制台没有响应，将继续重试。',
  details: '检查事项',
  consoleUnreachable: {
    title: (since) => `自 ${since} 起控制台没有响应`,
    met: '页面收不到控制台的应答，每隔几秒重试一次。',
    works: '草稿保留在此标签页中；目前无法保存。',
    check: '请检查控制台是否仍在运行。',
  },
  rayUnreachable: {
    title: (since) => `自 ${since} 起无法连接 Ray`,
    check: '请检查 Ray 是否在运行，以及从控制台所在的机器能否访问其仪表板。',
    checkSimulated: '请在“模拟”中点击“Ray 恢复”。',
  },
  rayFails: {
    title: (since) => `自 ${since} 起 Ray 出错`,
    check: '详情见 Ray 仪表板的日志。',
  },
  rayUnreadable: {
    title: (since) => `自 ${since} 起无法读取 Ray 的列表`,
    check: '此地址上应答的可能是其他服务，例如代理的登录页面：请检查 --ray-address（或 --config 文件中的 url）。',
    statusCheck,
  },
  listUnreadable: {
    title: '只读：无法读取此 Ray 的列表',
    detail:
      '每次查询虚拟集群时，此 Ray 都会失败，2.53 的每夜构建版即是如此。无法判断写入会产生什么结果，因此不发送任何写入。请使用列表可用的版本，例如 ant-ray 2.44.1.1；从其他来源得知的内容仍会显示。',
  },
  stale: {
    title: (age) => `所见内容可能是 ${age}前的`,
    slow: 'Ray 应答缓慢，控制台仍在继续读取。',
    notRead: '控制台仍在继续读取。',
    works: '每次保存时，Ray 仍会核对最新的修订号。',
  },
  age: {
    minutes: (value) => countedText(value, '分钟'),
    hours: (value) => countedText(value, '小时'),
  },
};
