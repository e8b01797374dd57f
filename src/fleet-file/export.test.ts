import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EMPTY_PROFILE } from '../domain/cluster-profile.ts';
import { applicationOf, driftOf } from './drift.ts';
import { exportFleet, exportInto } from './export.ts';
import type { FleetCluster } from './fleet-cluster.ts';
import { parseFleetFile } from './parse.ts';
import { describeProblem } from './problem.ts';

/** 100 generated files; `FLEET_FILES=1000 npx vitest run src/fleet-file` tries that many. */
const RUNS = Number(process.env['FLEET_FILES'] ?? '100');

function parsed(text: string) {
  const file = parseFleetFile(text);
  if (!file.ok) throw new Error(`${file.problems.map(describeProblem).join('\n')}\n${text}`);
  return file;
}

const team = (id: string, replicaSets: Record<string, number>, owner = ''): FleetCluster => ({
  id,
  divisible: false,
  replicaSets,
  profile: { ...EMPTY_PROFILE, owner },
});

const written = `# Our fleet.
version:   1   # of the format
clusters:

    # The notebooks of everybody.
    - id:   notebooks     # ask Anna
      replicaSets: {4c8g: 2}   # small ones

    -   id: 'etl'
        purpose: >
          nightly
          loads
        replicaSets:
            8c16g:   3      # until March
# The end.
`;

describe('an export into a file', () => {
  test('that says the same already leaves every byte', () => {
    const fleet = parsed(written).clusters.map((each) => ({ ...each, profile: { ...EMPTY_PROFILE, ...each.profile } }));
    expect(exportInto(fleet, parsed(written), { prune: false })?.text).toBe(written);
  });

  test('changes only what differs, and keeps comments, order and formatting', () => {
    const fleet = [
      team('etl', { '4c8g': 1, '8c16g': 4 }, 'Data team'),
      team('notebooks', { '16c32g': 1 }),
      team('new', {}),
    ];
    const result = exportInto(fleet, parsed(written), { prune: false });
    expect(result?.text).toBe(`# Our fleet.
version:   1   # of the format
clusters:

    # The notebooks of everybody.
    - id:   notebooks     # ask Anna
      replicaSets: {4c8g: 0, 16c32g: 1}   # small ones

    -   id: 'etl'
        purpose: ""
        replicaSets:
            8c16g:   4      # until March
            4c8g: 1
        owner: Data team
    - id: new
      divisible: false
      replicaSets: {}
# The end.
`);
  });

  test('removes what is gone only where it is to be pruned, with the comment above it', () => {
    const fleet = [team('etl', { '8c16g': 3 })];
    const kept = exportInto(fleet, parsed(written), { prune: false });
    expect(kept?.gone).toEqual(['notebooks']);
    expect(kept?.text).toContain('notebooks of everybody');
    const pruned = exportInto(fleet, parsed(written), { prune: true });
    expect(pruned?.text).not.toContain('notebooks');
    expect(pruned?.text).toContain('until March');
    expect(exportInto([], parsed(written), { prune: true })?.text).toContain('clusters: []');
  });

  test('keeps the line ends of Windows', () => {
    const windows = written.replaceAll('\n', '\r\n');
    const text = exportInto([team('x', { a: 1 }), team('etl', { a: 1 })], parsed(windows), { prune: false })?.text;
    expect(text?.replaceAll('\r\n', '')).not.toContain('\n');
  });

  test('an id that no file may hold is left out, and told', () => {
    expect(exportFleet([team('{x}', {}), team('a', {})]).leftOut).toEqual([{ id: '{x}', problem: 'braces' }]);
  });
});

const words = fc.oneof(
  fc.constantFrom(
    '4c8g',
    '12',
    '1e3',
    'true',
    '<<',
    '__proto__',
    'a: b',
    '# x',
    '- x',
    "it's",
    '"',
    '2026-01-01',
    'ü 漢',
    '*a',
    '&a',
    '!x',
    '{a',
    'null',
    '~',
    'a,b',
    '\\',
    '0x1f',
  ),
  fc.string({ minLength: 1, maxLength: 12, unit: 'binary' }),
);
const word = words
  .map((text) => text.replaceAll(/[\p{C}\s{}]+/gu, ' ').trim())
  .filter((text) => text !== '' && !text.includes('##') && !/^\.\.?$/.test(text));
const cluster: fc.Arbitrary<FleetCluster> = fc.record({
  id: word,
  divisible: fc.boolean(),
  replicaSets: fc
    .uniqueArray(fc.tuple(words, fc.nat(9)), { selector: ([name]) => name, maxLength: 3 })
    .map(Object.fromEntries<number>),
  profile: fc.record({
    owner: fc.oneof(fc.constant(''), word),
    contact: fc.oneof(fc.constant(''), word),
    purpose: fc.oneof(fc.constant(''), word),
    link: fc.constantFrom('', 'https://tickets.example/7'),
    labels: fc.constantFrom([], ['gpu'], ['team=a', 'x']),
  }),
});
const fleets = fc.uniqueArray(cluster, { selector: ({ id }) => id, maxLength: 3 });

/** Comments and blank lines at places where people put them, by the bits of a number. */
function commented(text: string, bits: readonly boolean[]): string {
  return text
    .split('\n')
    .flatMap((line, at) => {
      const indent = /^\s*/.exec(line)?.[0] ?? '';
      const above = bits[at % bits.length] === true ? [`${indent}# above: ${String(at)}`] : [];
      const isValue = line !== '' && !line.startsWith('#') && !line.trimStart().startsWith('- &');
      return [...above, isValue && bits[(at * 7 + 3) % bits.length] === true ? `${line}   # beside` : line];
    })
    .join('\n');
}

test(
  'over generated fleets and commented files: export, then apply, is no drift, and a second export is the same bytes',
  () => {
    fc.assert(
      fc.property(
        fleets,
        fleets,
        fc.array(fc.boolean(), { minLength: 5, maxLength: 11 }),
        fc.boolean(),
        (before, now, bits, prune) => {
          const first = exportFleet(before).text;
          expect(driftOf(parsed(first).clusters, before)).toEqual([]);
          expect(exportInto(before, parsed(first), { prune })?.text).toBe(first);

          const file = parsed(commented(first, bits));
          expect(exportInto(before, file, { prune })?.text).toBe(file.source.text);

          const next = exportInto(now, file, { prune });
          if (next === null) throw new Error(`not editable:\n${file.source.text}`);
          const again = parsed(next.text);
          const { goals, profiles, notApplied } = applicationOf(
            driftOf(again.clusters, now).filter(({ kind }) => kind !== 'missing'),
            { prune: true },
          );
          expect([goals, profiles, notApplied]).toEqual([[], [], []]);
          expect(exportInto(now, again, { prune })?.text).toBe(next.text);
          if (!prune) expect(next.text.split('# above').length).toBe(file.source.text.split('# above').length);
        },
      ),
      { numRuns: RUNS },
    );
  },
  Math.max(30_000, 50 * RUNS),
);
