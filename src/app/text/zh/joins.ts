import type { joins as english } from '../en/joins.ts';
import type { Words } from '../words.ts';

export const joins: Words<typeof english> = {
  stop: '。',
  comma: '，',
  colon: '：',
  list: (parts) => parts.join('，'),
  sentences: (parts) => parts.join(''),
  labelled: (label, value) => `${label}：${value}`,
  sentence: (words) => `${words}。`,
  ended: (words) => `${words}。`,
  asOfWhy: (asOf, why) => `${asOf}。${why}`,
  bracket: (remark) => `（${remark}）`,
  bracketed: (what, remark) => `${what}（${remark}）`,
};
