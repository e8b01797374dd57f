import fc from 'fast-check';

/** Stands for the revision that the cluster has in the Ray that the body goes to. */
export const REVISION = '%REVISION%';

const anything = fc.constantFrom('null', 'true', '"x"', '[]', '{}', '-1', '7', '1e3', 'NaN', '[[1,2]]', '"\\ud800"');
const blank = fc.constantFrom('', ' ', '\n\t');

/**
 * Bodies of saves as scripts may send them: what Ray's Python handler turns into something else, such as padded revisions and
 * pairs for objects, and what crashes it (facts 2, 5, 11).
 */
export function scriptSaveBodies(given: {
  readonly ids: fc.Arbitrary<string>;
  readonly templates: fc.Arbitrary<string>;
  /** How many usual values come with one that fits nowhere. */
  readonly usual: number;
}): fc.Arbitrary<string> {
  const mostly = (usual: fc.Arbitrary<string>) =>
    fc.oneof({ weight: given.usual, arbitrary: usual }, { weight: 1, arbitrary: anything });
  const counts = fc.oneof(
    { weight: given.usual, arbitrary: fc.nat({ max: 4 }).map(String) },
    { weight: 1, arbitrary: fc.constantFrom('2.0', '"2"', '-0', '2147483648', 'true') },
    { weight: 1, arbitrary: anything },
  );
  const pairs = fc.array(fc.tuple(jsonText(given.templates), counts), { maxLength: 3 });
  const replicaSets = mostly(
    fc.oneof(
      pairs.map((all) => `{${all.map(([key, count]) => `${key}:${count}`).join(',')}}`),
      pairs.map((all) => `[${all.map(([key, count]) => `[${key},${count}]`).join(',')}]`),
    ),
  );
  const revision = mostly(
    fc.oneof(
      fc.constantFrom(
        ...[REVISION, `"${REVISION}"`, `" ${REVISION}\\n"`, `"+${REVISION}"`, `"00${REVISION}"`, `${REVISION}.0`],
      ),
      fc.constantFrom('0', '0.0', 'false', '"0"', '-0.5', '7', '1.8e18', '18446744073709551616'),
    ),
  );
  const divisible = mostly(fc.constantFrom('true', 'false', '"TRUE"', '"False"', '1', '" true"'));
  const named = (name: string, value: fc.Arbitrary<string>) => fc.tuple(jsonText(fc.constant(name)), value);
  const unknown = fc.constantFrom('mode', 'Revision', '__proto__');
  const member = fc.oneof(
    { weight: 4, arbitrary: named('virtualClusterId', mostly(jsonText(given.ids))) },
    { weight: 4, arbitrary: named('replicaSets', replicaSets) },
    { weight: 4, arbitrary: named('revision', revision) },
    { weight: 2, arbitrary: named('divisible', divisible) },
    { weight: 1, arbitrary: fc.tuple(jsonText(unknown), anything) },
  );
  return fc
    .tuple(jsonText(given.ids), fc.array(member, { maxLength: 6 }), blank, fc.integer({ min: 0, max: 9 }))
    .map(([id, more, space, form]) => {
      const members = [['"virtualClusterId"', id] as const, ...more];
      if (form === 0) return `[${members.map(([key, value]) => `[${key},${value}]`).join(space + ',')}]`;
      return `{${space}${members.map(([key, value]) => `${key}${space}:${value}`).join(`,${space}`)}}`;
    });
}

/** Text as a JSON string, some of its characters escaped. */
function jsonText(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const plain = (character: string) => JSON.stringify(character).slice(1, -1);
  return fc
    .tuple(text, fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }))
    .map(
      ([all, escapes]) =>
        `"${[...all].map((each, at) => (escapes[at % escapes.length] === true ? escaped(each) : plain(each))).join('')}"`,
    );
}

function escaped(character: string): string {
  return Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
}
