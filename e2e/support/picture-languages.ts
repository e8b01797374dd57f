import { join } from 'node:path';
import type { Language } from '../../src/contract/language.ts';
import * as english from '../../src/app/text/en.ts';
import { fleetFile as englishFile } from '../../src/app/text/en/fleet-file.ts';
import { matrixEdit as englishMatrix } from '../../src/app/text/en/matrix-edit.ts';
import { plans as englishPlans } from '../../src/app/text/en/plans.ts';
import { raysText as englishRays } from '../../src/app/text/en/rays.ts';
import { usage as englishUsage } from '../../src/app/text/en/usage.ts';
import * as chinese from '../../src/app/text/zh.ts';
import { fleetFile as chineseFile } from '../../src/app/text/zh/fleet-file.ts';
import { matrixEdit as chineseMatrix } from '../../src/app/text/zh/matrix-edit.ts';
import { plans as chinesePlans } from '../../src/app/text/zh/plans.ts';
import { raysText as chineseRays } from '../../src/app/text/zh/rays.ts';
import { usage as chineseUsage } from '../../src/app/text/zh/usage.ts';
import type { Words } from '../../src/app/text/words.ts';

const pictures = join(import.meta.dirname, '..', '..', 'docs', 'guide', 'pictures');
const en = {
  ...english,
  fleetFile: englishFile,
  matrixEdit: englishMatrix,
  plans: englishPlans,
  rays: englishRays,
  usage: englishUsage,
};
const zh: Words<typeof en> = {
  ...chinese,
  fleetFile: chineseFile,
  matrixEdit: chineseMatrix,
  plans: chinesePlans,
  rays: chineseRays,
  usage: chineseUsage,
};
/** Each language of the guide, where its pictures are, and the words that the screen has in it. */
const byTag: Readonly<Record<Language, { locale: string; folder: string; words: Words<typeof en> }>> = {
  en: { locale: 'en-GB', folder: pictures, words: en },
  'zh-CN': { locale: 'zh-CN', folder: join(pictures, 'zh-CN'), words: zh },
};
export const languages = Object.values(byTag);
