import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const page = 'docs/ant-ray.md';
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const filesIn = (folder: string, ending: RegExp) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => ending.test(path))
    .map((path) => join(folder, path));

/** The facts of a page, in its order. A body may have the line “Not cited: …”, for a fact that nothing else cites. */
function factsIn(text: string) {
  const heading = /(?:<a id="fact-(\d+)"><\/a>\n)?### Fact (\d+): (.+)\n([\s\S]*?)(?=\n<a id=|\n#|$(?![\s\S]))/g;
  return [...text.matchAll(heading)].map(([, anchor, number, title = '', body = '']) => ({
    number: Number(number),
    anchor: Number(anchor),
    title,
    body,
  }));
}

/** The numbers that a text cites: “fact 4”, “facts 4, 19 and 20”, “facts 15 to 18”, also over the lines of a comment. */
function citationsIn(text: string): readonly number[] {
  const gap = String.raw`(?:\s|\*|//)+`;
  const and = String.raw`(?:,${gap}(?:and${gap})?|${gap}(?:and|to)${gap})`;
  return [...text.matchAll(new RegExp(String.raw`\bfacts?${gap}(\d+(?:${and}\d+)*)`, 'gi'))].flatMap(([, list = '']) =>
    [...list.matchAll(/(\d+)(?:[\s*/]+to[\s*/]+(\d+))?/g)].flatMap(([, first, last = first]) =>
      Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => Number(first) + index),
    ),
  );
}

type Facts = ReturnType<typeof factsIn>;
type Texts = ReadonlyMap<string, string>;

function unresolved(facts: Facts, texts: Texts): readonly string[] {
  const known = new Set(facts.map(({ number }) => number));
  return [...texts].flatMap(([path, text]) =>
    citationsIn(text).flatMap((number) => (known.has(number) ? [] : `${path}: fact ${String(number)}`)),
  );
}

/** Facts that only their page cites and that do not say why, and facts that say so although they are cited. */
function wronglyUncited(facts: Facts, texts: Texts): readonly string[] {
  const cited = new Set([...texts].flatMap(([path, text]) => (path === page ? [] : citationsIn(text))));
  return facts
    .filter(({ number, body }) => cited.has(number) === /^Not cited: \S/m.test(body))
    .map(({ number, title }) => `${String(number)}: ${title}`);
}

/** The recorded exchanges and the conformance cases that a text names: `file` › “label”. */
function evidenceIn(text: string) {
  return [...text.replaceAll(/\s+/g, ' ').matchAll(/`([\w-]+)` › “([^”]+)”/g)].map(([, file = '', label = '']) => ({
    file,
    label,
  }));
}

/** The labels of the recorded exchanges, and the names of the conformance cases, by file. */
function recorded(): ReadonlyMap<string, ReadonlySet<string>> {
  const labelsIn = (json: unknown) =>
    Array.isArray(json) ? json.map(({ label }: { label: string }) => label) : Object.keys(Object(json));
  const paths = ['src/ray/recordings', 'src/simulator/conformance/transcripts'].flatMap((at) => filesIn(at, /\.json$/));
  return new Map(paths.map((path) => [basename(path, '.json'), new Set(labelsIn(JSON.parse(read(path))))]));
}

describe('the facts about Ant Ray', () => {
  const facts = factsIn(read(page));
  const texts: Texts = new Map(
    [
      ...readdirSync(root).filter((name) => name.endsWith('.md')),
      ...['src', 'e2e', 'bench', 'docs'].flatMap((folder) => filesIn(folder, /\.(?:tsx?|css|md|py|sh)$/)),
    ].flatMap((path) => (path === 'docs/ant-ray.test.ts' ? [] : [[path, read(path)]])),
  );

  test('are numbered in order, each with an anchor and with what it rests on', () => {
    expect(facts.length).toBeGreaterThan(25);
    expect(facts.map(({ number }) => number)).toEqual(facts.map((_, index) => index + 1));
    expect(facts.map(({ anchor }) => anchor)).toEqual(facts.map(({ number }) => number));
    expect(facts.filter(({ body }) => !/^Evidence: \S/m.test(body)).map(({ title }) => title)).toEqual([]);
  });

  test('rest on recorded exchanges and conformance cases that are there', () => {
    const there = recorded();
    const named = facts.flatMap(({ body }) => evidenceIn(body));
    expect(named.length).toBeGreaterThan(60);
    expect(named.filter(({ file, label }) => there.get(file)?.has(label) !== true)).toEqual([]);
  });

  test('include every one that is cited', () => {
    expect(unresolved(facts, texts)).toEqual([]);
  });

  test('are each cited outside their page, or say why not', () => {
    expect(wronglyUncited(facts, texts)).toEqual([]);
  });
});

describe('this test sees', () => {
  test.each([
    ['a rejection (fact 1)', [1]],
    ['Facts 4, 19, and 20 say it', [4, 19, 20]],
    ['(facts 15 to 18, 20)', [15, 16, 17, 18, 20]],
    [' * as the cache keeps it (fact\n * 99), and others', [99]],
    ['in fact, 3 of them; a fact that 2 tell; artefact 5', []],
  ])('what is cited: %s', (citing, numbers) => {
    expect(citationsIn(citing)).toEqual(numbers);
  });

  test('a citation of no fact, an uncited fact, and a reason that is out of date', () => {
    const facts = factsIn('### Fact 1: A\n\nB.\n\n### Fact 2: C\n\nNot cited: D.\n\n### Fact 3: E\n\nNot cited: F.\n');
    const texts = new Map([
      ['a.ts', '// as (facts 2, 4)'],
      [page, '(fact 1)'],
    ]);
    expect(unresolved(facts, texts)).toEqual(['a.ts: fact 4']);
    expect(wronglyUncited(facts, texts)).toEqual(['1: A', '2: C']);
  });
});
