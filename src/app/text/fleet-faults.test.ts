import { expect, test } from 'vitest';
import { parseFleetFile } from '../../fleet-file/parse.ts';
import { fleetFaults as english } from './en/fleet-faults.ts';
import { fleetFaults as chinese } from './zh/fleet-faults.ts';

const head = 'version: 1\nclusters:\n';
const cluster = `${head}  - id: a\n    replicaSets: {}\n`;

/** Whole texts, and what may stay as it is in Chinese: names from the file, and what must be typed. */
test.each([
  [`${cluster}    ownr: x\n`, '这里没有名为“ownr”的内容。'],
  [`${cluster}    divisible: yes\n`, '“divisible”必须是 true 或 false。'],
  [`${cluster}    labels: [${'a,'.repeat(21)}a]\n`, '“labels”最多 20 项。'],
  [`${cluster}    link: "javascript:alert(1)"\n`, '“link”必须以 https:// 或 mailto: 开头'],
  [`${head}  - id: a\n    replicaSets: { 4c8g: -1 }\n`, '4c8g 的节点数必须是'],
  [`${head}  - id: 12\n    replicaSets: {}\n`, '“id”必须是文本。请加引号："12"。'],
  [`${head}  - id: "{a}"\n    replicaSets: {}\n`, 'Ray 将永远无法移除 ID 中含有花括号的虚拟集群。'],
  [`${head}  - {id: a, replicaSets: {}}\n  - {id: a, replicaSets: {}}\n`, 'a 已在第 3 行出现。'],
  [`${head}\t- id: a\n`, 'YAML 不能用制表符缩进'],
  [`${head}  - id: "a\n`, '这不是 YAML：缺少符号'],
  [`${head}  - id: a\n   replicaSets: {}\n`, '这不是 YAML：'],
  ['version: 2\nclusters: []\n', '“version”必须是 1。'],
  ['', '必须是名称与值的映射。'],
])('what is wrong in %j is said in Chinese, too', (text, message) => {
  const parsed = parseFleetFile(text);
  if (parsed.ok) throw new Error('Nothing is wrong.');
  const [first] = parsed.problems.map(({ fault }) => fault);
  if (first === undefined) throw new Error('Nothing is wrong.');
  expect(chinese.describe(first)).toContain(message);
  expect(chinese.describe(first)).not.toMatch(/[a-z]+ (?:must|is|are|can) /);
  expect(english.describe(first)).not.toMatch(/\p{Script=Han}/u);
});
