import type { joins as english } from '../en/joins.ts';
import type { Words } from '../words.ts';

export const joins: Words<typeof english> = {
  list: (parts) => parts.join('，'),
  sentences: (parts) => parts.join(''),
  labelled: (label, value) => `${label}：${value}`,
  sentence: (words) => `${words}。`,
  ended: (words) => `${words}。`,
  bracketed: (what, remark) => `${what}（${remark}）`,
};
