import type { Words } from '../words.ts';
import type { demo as english } from '../en/demo.ts';

export const demo: Words<typeof english> = {
  name: '演示。',
  about: '控制台、模拟的 Ant Ray 及其一个月的历史都在此页面内运行。不会向任何地方发送数据；重新加载后重新开始。',
};
