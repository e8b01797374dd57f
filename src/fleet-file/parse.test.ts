import { expect, test } from 'vitest';
import { parseFleetFile } from './parse.ts';
import { describeProblem } from './problem.ts';
import { MAX_FILE_BYTES } from './schema.ts';

function problemsOf(text: string): readonly string[] {
  const parsed = parseFleetFile(text);
  return parsed.ok ? [] : parsed.problems.map(describeProblem);
}

const head = 'version: 1\nclusters:\n';

test('a file gives its clusters; fields that it does not name are not there', () => {
  const parsed = parseFleetFile(
    `${head}  - id: team-a\n    divisible: true\n    replicaSets: { 4c8g: 2, "8": 1 }\n    owner: ""\n  - id: "7"\n    replicaSets:\n      __proto__: 3\n`,
  );
  expect(parsed.ok && parsed.clusters).toEqual([
    { id: 'team-a', divisible: true, replicaSets: { '4c8g': 2, '8': 1 }, profile: { owner: '' } },
    { id: '7', divisible: false, replicaSets: Object.fromEntries([['__proto__', 3]]), profile: {} },
  ]);
});

test.each([
  ['an unknown key', `${head}  - id: a\n    replicaSets: {}\n    ownr: x\n`, '5:5: Nothing is named "ownr" here.'],
  [
    'an unknown key at the top',
    `${head}  - id: a\n    replicaSets: {}\nprune: true\n`,
    '5:1: Nothing is named "prune" here.',
  ],
  [
    'an id that stands twice',
    `${head}  - {id: a, replicaSets: {}}\n  - {id: a, replicaSets: {}}\n`,
    '4:10: a stands in line 3 already.',
  ],
  [
    'a key that stands twice',
    `${head}  - id: a\n    replicaSets:\n      4c8g: 1\n      4c8g: 2\n`,
    '6:7: "4c8g" stands here twice.',
  ],
  ['a tab', `${head}\t- id: a\n`, '3:1: Tabs must not indent YAML.'],
  ['an anchor', `${head}  - &a\n    id: a\n    replicaSets: {}\n`, '3:5: Anchors (&name) are not allowed.'],
  ['an alias', `${head}  - id: a\n    replicaSets: *sets\n`, '4:18: Aliases (*name) are not allowed.'],
  ['a merge key', `${head}  - id: a\n    replicaSets:\n      <<: { a: 1 }\n`, '5:7: Merge keys (<<) are not allowed.'],
  ['a tag', `${head}  - id: !!str a\n    replicaSets: {}\n`, '3:9: Tags (!name) are not allowed.'],
  ['an anchor of text', `${head}  - id: &x a\n    replicaSets: {}\n`, '3:9: Anchors (&name) are not allowed.'],
  ['a key of a tag', `${head}  - id: a\n    replicaSets: !sets {}\n`, '4:18: Tags (!name) are not allowed.'],
  ['a directive', `%YAML 1.1\n---\n${head}  - id: a\n    replicaSets: {}\n`, '1:1: Directives'],
  [
    'two documents',
    `${head}  - id: a\n    replicaSets: {}\n---\nversion: 1\n`,
    '5:1: The file holds several documents.',
  ],
  [
    'a negative count',
    `${head}  - id: a\n    replicaSets:\n      4c8g: -1\n`,
    '5:13: The number of nodes of 4c8g must be',
  ],
  [
    'half a node',
    `${head}  - id: a\n    replicaSets:\n      __proto__: 1.5\n`,
    '5:18: The number of nodes of __proto__ must be',
  ],
  [
    'a count of text',
    `${head}  - id: a\n    replicaSets:\n      4c8g: two\n`,
    '5:13: The number of nodes of 4c8g must be',
  ],
  [
    'an id that is a number',
    `${head}  - id: 12\n    replicaSets: {}\n`,
    '3:9: "id" must be text. Put it in quotes: "12".',
  ],
  ['an id of a job', `${head}  - id: a##b\n    replicaSets: {}\n`, '3:9: An id with ## belongs to a job'],
  ['an id that Ray can not remove', `${head}  - id: "{a}"\n    replicaSets: {}\n`, '3:9: Ray could never remove'],
  ['an id that is left out', `${head}  - replicaSets: {}\n`, '3:5: "id" is missing.'],
  ['replica sets that are left out', `${head}  - id: a\n`, '3:5: "replicaSets" is missing.'],
  ['a list in place of replica sets', `${head}  - id: a\n    replicaSets: [1]\n`, '4:18: "replicaSets": must be a map'],
  [
    'yes in place of true',
    `${head}  - id: a\n    divisible: yes\n    replicaSets: {}\n`,
    '4:16: "divisible": must be true or false.',
  ],
  [
    'a link that runs something',
    `${head}  - id: a\n    replicaSets: {}\n    link: "javascript:alert(1)"\n`,
    '5:11: "link" must begin with https://',
  ],
  ['another version', 'version: 2\nclusters: []\n', '1:10: "version": must be 1.'],
  ['no version', 'clusters: []\n', '1:1: "version" is missing.'],
  ['an empty file', '', '1:1: "the file": must be a map'],
  ['a list', '- 1\n', '1:1: "the file": must be a map'],
  ['no YAML', `${head}  - id: "a\n`, '4:1: This is not YAML: Missing closing'],
])('%s is told with its line and column', (_name, text, reported) => {
  const [first = ''] = problemsOf(text);
  expect(first.slice(0, reported.length)).toBe(reported);
});

test('everything that is wrong is told at once', () => {
  expect(problemsOf(`${head}  - id: 1\n    replicaSets: { a: -1 }\n    x: 1\n  - 3\n`)).toHaveLength(4);
  const places = problemsOf(`${head}  - id: a\n    replicaSets: { a: -1 }\n    x: 1\n  - 3\n`).map(
    (each) => each.split(' ')[0],
  );
  expect(places).toEqual(['4:23:', '5:5:', '6:5:']);
});

test('replica sets that are left out are the only thing said of a virtual cluster: its other fields are no templates', () => {
  expect(problemsOf(`${head}  - id: a\n    owner: Ann\n`)).toEqual([
    expect.stringContaining('"replicaSets" is missing.'),
  ]);
});

test('a file that is too large is refused before it is read, and too many clusters before they are looked at', () => {
  expect(problemsOf('#'.repeat(MAX_FILE_BYTES + 1))).toEqual([
    '1:1: The file is larger than 4 MB, so it was not read.',
  ]);
  expect(problemsOf(`${head}${'- {}\n'.repeat(5_001)}`)[0]).toContain('3:1: The file names 5,001 virtual clusters');
});

test('lists in lists in lists end in a sentence, not in a full stack', () => {
  expect(problemsOf('['.repeat(20_000))[0]).toContain('Lists and maps stand too deep');
});

const times = (count: number, text: string) => text.repeat(count);
const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');

test.each([
  ['lists', times(3_000, '[')],
  ['maps', times(3_000, '{')],
  ['lists that quotes seem to close', times(3_000, '[ "]", ')],
  ['lists that comments seem to close', times(3_000, '[ # ]\n')],
  ['lists behind tags', times(3_000, '- !t ')],
  ['keys of keys', times(3_000, '? ')],
  ['maps in lines', lines(1_000, (index) => `${times(index, ' ')}a:`)],
])('%s that the parser would end the process at are told before it reads them', (_, text) => {
  expect(problemsOf(text)).toEqual([expect.stringContaining('Lists and maps stand too deep in one another.')]);
});

test.each([
  [
    'keys that nothing has',
    `${head}  - id: a\n    replicaSets: {}\n${lines(2_000, (index) => `    k${String(index)}: 1`)}`,
  ],
  ['keys at the top', `${head}${lines(2_000, (index) => `k${String(index)}: 1`)}`],
  ['templates', `${head}  - id: a\n    replicaSets:\n${lines(2_000, (index) => `      t${String(index)}: x`)}`],
  ['labels', `${head}  - id: a\n    replicaSets: {}\n    labels:\n${lines(2_000, () => '      - {}')}`],
  ['empty lines', `${head}${times(1_900_000, '\n')}`],
])('%s beyond all measure are one problem', (_, text) => {
  expect(problemsOf(text)).toEqual([expect.stringContaining('The file has more lines and values')]);
});

test('brackets, columns and dashes inside of texts are none', () => {
  const text = `${head}${lines(150, (index) => `  - id: "[[${String(index)}"\n    replicaSets: {}\n    purpose: it's [ a - b - c ? ${times(230, 'x')}`)}`;
  expect(problemsOf(text)).toEqual([]);
});
