import type { rayDashboard as english } from '../en/ray-dashboard.ts';
import type { Words } from '../words.ts';

export const rayDashboard: Words<typeof english> = {
  job: '在 Ray 仪表板中查看作业',
  node: '在 Ray 仪表板中查看节点',
  logs: '在 Ray 仪表板中查看其日志',
  opens: '（在新标签页中打开）',
};
