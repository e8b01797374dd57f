import type { session as english } from '../en/session.ts';
import type { Words } from '../words.ts';
import * as titles from './titles.ts';

export const session: Words<typeof english> = {
  title: titles.signIn,
  again: '重新登录',
  how: '控制台启动时会打印一个登录链接。请打开该链接，或将其粘贴到此处。',
  howAgain: '会话已结束。已输入的内容仍保留：登录后可从原处继续。',
  another: '每个链接只能使用一次，15 分钟内有效。需要新链接时，请在运行控制台的机器上执行：',
  command: '命令',
  field: '登录链接',
  button: '登录',
  sending: '正在登录',
  proxied: '登录代理上的会话已退出。请在新标签页中打开控制台重新登录；此处输入的内容仍保留。',
  openAgain: '在新标签页中打开控制台',
  signOut: '退出登录',
  signedInAs: (who) => `当前用户：${who}`,
  unreachable: '控制台没有响应，请重试。',
};
