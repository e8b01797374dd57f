import { expect, test } from 'vitest';
import { help as english } from './en/help.ts';
import { map as englishMap } from './en/map.ts';
import { overview as englishOverview } from './en/overview.ts';
import { help as chinese } from './zh/help.ts';
import { map as chineseMap } from './zh/map.ts';
import { overview as chineseOverview } from './zh/overview.ts';

test('reserved is said of memory that is in use, too: in an indivisible virtual cluster that keeps a node without any job', () => {
  const all = (help: string, map: typeof englishMap, overview: typeof englishOverview) => [
    help,
    map.stateMeans.reserved,
    overview.help.reserved,
  ];
  for (const message of all(english.reserved, englishMap, englishOverview)) expect(message).toMatch(/memory is in use/);
  for (const message of all(chinese.reserved, chineseMap, chineseOverview)) expect(message).toContain('内存在使用中');
});
