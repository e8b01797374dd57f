import { expect, test } from 'vitest';
import { spaced, spacedAfter } from './chinese-spacing.ts';

test('a Latin name in a Chinese sentence has spaces around it, and a Chinese one none', () => {
  expect(`由${spaced('wei')}创建`).toBe('由 wei 创建');
  expect(`由${spaced('本机管理员')}创建`).toBe('由本机管理员创建');
  expect(`由${spaced('Wei 王')}创建`).toBe('由 Wei 王创建');
  expect(`${spacedAfter('wei')}更改了它`).toBe('wei 更改了它');
});
