import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson, stringifyJson } from './exact-json.ts';

const anyRevision = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }).map(String);

/** Text that looks like what the expression looks for, and JSON's own marks. */
const trickyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '"revision": 1',
        '"revision":12,',
        '{"revision": 3}',
        '\\"revision": 1',
        ', ',
        '{',
        '}',
        '"',
        '\\',
        ':',
        '\n',
      ),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));

const { tree } = fc.letrec<{ tree: unknown; leaf: unknown }>((tie) => ({
  leaf: fc.oneof(trickyText, fc.integer(), fc.boolean(), fc.constant(null)),
  tree: fc.oneof(
    { depthSize: 'small' },
    tie('leaf'),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc
      .tuple(
        fc.dictionary(fc.oneof(trickyText, fc.constantFrom('revisions', 'Revision', 'rev')), tie('tree'), {
          maxKeys: 4,
        }),
        fc.option(anyRevision, { nil: undefined }),
      )
      .map(([rest, revision]) => (revision === undefined ? rest : { ...rest, revision })),
  ),
}));

describe('revisions on the wire (fact 3)', () => {
  test('JSON.parse alone would change one; parseJson keeps every digit', () => {
    const text = '{"a": 1, "revision": 1795469080484243902, "b": [{"revision":18446744073709551615}]}';
    expect(JSON.stringify(JSON.parse(text))).not.toContain('1795469080484243902');
    expect(parseJson(text)).toEqual({
      a: 1,
      revision: '1795469080484243902',
      b: [{ revision: '18446744073709551615' }],
    });
  });

  test('every revision of 64 bits, signed or not, goes both ways exactly', () => {
    fc.assert(
      fc.property(anyRevision, (revision) => {
        expect(parseJson(`{"revision": ${revision}}`)).toEqual({ revision });
        expect(stringifyJson({ revision })).toBe(`{"revision":${revision}}`);
      }),
    );
  });

  test('nothing but revisions changes, whatever the text around them holds', () => {
    fc.assert(
      fc.property(tree, fc.constantFrom(0, 1, 4), (value, indent) => {
        const wire = stringifyJson(value);
        expect(parseJson(wire)).toEqual(value);
        // A reader without our rule sees the same but for the revisions, and the same text with any white space.
        const spaced = JSON.stringify(
          JSON.parse(wire.replace(/(?<=[{,]"revision":)-?\d+(?=[,}])/g, '"x"')),
          null,
          indent,
        );
        expect(parseJson(spaced)).toEqual(JSON.parse(spaced));
      }),
      { numRuns: 2000 },
    );
  });

  test('text that looks like a revision stays as it is inside a string', () => {
    const value = { msg: ', "revision": 1, ', other: '{"revision": 2}', list: ['{', 'revision', ','] };
    expect(parseJson(JSON.stringify(value))).toEqual(value);
    expect(stringifyJson({ msg: '{"revision":"2"}' })).toBe(JSON.stringify({ msg: '{"revision":"2"}' }));
  });

  test('only the key revision is meant', () => {
    expect(parseJson('{"revisions": 12, "Revision": 12, "x": {"revision" : 12}}')).toEqual({
      revisions: 12,
      Revision: 12,
      x: { revision: '12' },
    });
    expect(stringifyJson({ id: '12', revision: '12', x: { revision: 'twelve' } })).toBe(
      '{"id":"12","revision":12,"x":{"revision":"twelve"}}',
    );
  });

  test('what is no JSON stays none', () => {
    for (const text of ['{"revision": 01}', '{"revision": 1', '{"revision": -}', '<html>', '', '{"revision": 1,}']) {
      expect(() => parseJson(text), text).toThrow(SyntaxError);
    }
  });

  test('other notations stay numbers, for the schemas to refuse', () => {
    expect(parseJson('{"revision": 1e3}')).toEqual({ revision: 1000 });
    expect(parseJson('{"revision": 1.5}')).toEqual({ revision: 1.5 });
  });
});
