import type { whenIdle as english } from '../en/when-idle.ts';
import type { Words } from '../words.ts';
import { countText, jobsText, nodesText } from './count-text.ts';
import { spaced } from '../chinese-spacing.ts';

export const whenIdle: Words<typeof english> = {
  start: '闲置后删除',
  means: '连续 5 分钟无人使用后即删除，除非在此之前被更改。',
  does: '会等到连续 5 分钟没有作业或 Ray 显示的其他使用者在使用它，然后删除。对它的任何更改，以及此处的任何人，都可以取消。',
  title: '将在闲置后删除',
  row: '将在闲置后删除',
  idle: (minutes) => (minutes < 1 ? '闲置不到一分钟' : `已闲置 ${countText(minutes)} 分钟`),
  idleDetail: '闲置满 5 分钟后删除。如有作业启动或对它的任何更改，则以后者为先。',
  jobs: (value) => `有 ${jobsText(value)}在运行`,
  leftovers: (value) => `${countText(value)} 个已结束作业的集群仍持有节点`,
  leftoversDetail: '在释放之前，它们仍算作使用。',
  used: (value) => `有 ${nodesText(value)}已用`,
  usedDetail: '使用者没有被 Ray 列为作业。',
  unknown: '是否闲置未知',
  looking: '正在查看',
  asked: (who, ago) => `${ago}由${spaced(who)}提出。`,
  refused: (at) => `${at} 时 Ray 仍表示它在使用中，而 Ray 没有列出使用者。`,
  cancel: '取消',
  cancelFor: (id) => `取消 ${id} 的闲置后删除`,
  cancelFailed: (why) => `未取消：${why}`,
  notTaken: (why) => `没有进入等待：${why}`,
  neverArrived: '请求没有到达控制台，因此没有进入等待。',
  unanswered: '控制台没有应答，因此不知道是否在等待。',
  again: '立即发送',
  check: '再次查看',
};
