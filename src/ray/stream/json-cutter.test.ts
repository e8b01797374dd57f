import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Extraction } from './extraction.ts';
import { createJsonCutter } from './json-cutter.ts';

/** The text in parts that end anywhere, in the middle of an escape too. */
function inParts(text: string, sizes: readonly number[]): string[] {
  const parts: string[] = [];
  let at = 0;
  for (let turn = 0; at < text.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    parts.push(text.slice(at, at + size));
    at += size;
  }
  return parts;
}

function cut(text: string, cuts: readonly Extraction[], sizes: readonly number[] = [text.length || 1]): string {
  const cutter = createJsonCutter(cuts);
  for (const part of inParts(text, sizes)) cutter.push(part);
  return cutter.end();
}

function unwanted(key: string): never {
  throw new Error(`nobody asked for ${key}`);
}

function parse(text: string): unknown {
  return JSON.parse(text);
}

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
const spaced = fc.tuple(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t\n '));

describe('cutting JSON', () => {
  test('what no path leads to stays unchanged, however the text is split', () => {
    fc.assert(
      fc.property(spaced, sizes, ([value, space], parts) => {
        const text = JSON.stringify(value, null, space);
        expect(parse(cut(text, [{ path: ['nowhere', '*'], onValue: unwanted }], parts))).toEqual(parse(text));
      }),
      { seed: 1 },
    );
  });

  test('each value at a path is extracted once, whole, with its key and row; the rest stays', () => {
    const nodes = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4, noNullPrototype: true });
    const rows = fc.array(fc.record({ id: fc.string(), nodes, other: nodes, more: fc.jsonValue() }), { maxLength: 4 });
    fc.assert(
      fc.property(rows, fc.jsonValue(), fc.constantFrom(undefined, 1), sizes, (data, before, space, parts) => {
        const text = JSON.stringify({ before, data: { rows: data }, after: [data.length] }, null, space);
        const taken = data.map(() => new Map<string, unknown>());
        const others = data.map((): string[] => []);
        const left = cut(
          text,
          [
            {
              path: ['data', 'rows', '*', 'nodes', '*'],
              onValue: (key, value, row) => taken[row]?.set(key, parse(value)),
            },
            {
              path: ['data', 'rows', '*', 'other', '*'],
              keysOnly: true,
              onValue: (key, value, row) => others[row]?.push(key + value),
            },
          ],
          parts,
        );
        const again: unknown = parse(text);
        expect(parse(left)).toEqual(
          parse(
            JSON.stringify({
              before,
              data: { rows: data.map((row) => ({ ...row, nodes: {}, other: {} })) },
              after: [data.length],
            }),
          ),
        );
        expect(again).toMatchObject({ data: { rows: taken.map((each) => ({ nodes: Object.fromEntries(each) })) } });
        expect(others).toEqual(data.map((row) => Object.keys(row.other)));
        expect(taken.map((each) => each.size)).toEqual(data.map((row) => Object.keys(row.nodes).length));
      }),
      { seed: 2 },
    );
  });

  test('elements of a top-level array are extracted with their index', () => {
    const taken: [string, string][] = [];
    expect(
      cut('[ 1, {"a": "]"} , "x\\\\"]', [{ path: ['*'], onValue: (key, text) => taken.push([key, text]) }], [2]),
    ).toBe('[]');
    expect(taken).toEqual([
      ['0', '1'],
      ['1', '{"a": "]"}'],
      ['2', '"x\\\\"'],
    ]);
  });

  test.each([
    '',
    '{',
    '[1',
    '{"a" 1}',
    '{"a":}',
    '{a:1}',
    '{"a":1,}',
    '{"a":1}}',
    '{"a":1} x',
    '{"rows":[1,]}',
    '{"rows":[1 2',
    '<html>"',
    '{"a":"\\',
    '{"\\x":1}',
    '{"a":{"b":1}',
    'nul',
  ])('invalid JSON leaves nothing: %j', (text) => {
    for (const size of [1, 3, 100]) {
      const left = cut(
        text,
        [
          { path: ['rows', '*'], onValue: () => undefined },
          { path: ['a', 'x'], onValue: unwanted },
        ],
        [size],
      );
      expect(() => parse(left)).toThrow(SyntaxError);
    }
  });
});
