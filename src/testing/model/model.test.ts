import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { regressions } from './regressions.ts';
import { runSequence } from './runner.ts';
import { commandSequences } from './commands.ts';
import { createCoverage } from './coverage.ts';

/** 300 with all other tests; `HISTORIES=10000 npx vitest run src/histories` plays that many, and says it for the bench. */
const asked = process.env['HISTORIES'];
const runs = Number(asked ?? '300');
/** Plays the histories of one failure again, and cuts them down: what it printed as its seed. */
const given = process.env['SEED'];
/** The most that somebody and something does in one. */
const MOST_STEPS = 30;
/** So many share a seed: a failure is found again in the time that they take. */
const A_SEED = 50;

// The same 300 in every run, so that a green one stays green; a run of its own looks further.
const first = given !== undefined ? Number(given) : asked === undefined ? 1 : Date.now() % 1_000_000_000;
const tally = createCoverage();
const failures: { readonly seed: number; readonly why: string }[] = [];

afterAll(() => {
  process.stdout.write(`${tally.text()}\n`);
  if (asked !== undefined)
    process.stdout.write(
      `BENCH ${JSON.stringify({ histories: { ...tally.counts(), failingSeeds: failures.map(({ seed }) => seed) } })}\n`,
    );
});

describe('histories that once broke a promise', () => {
  test.each(regressions)('$name', async ({ history }) => {
    await runSequence(history, createCoverage());
    expect(history.steps.length).toBeGreaterThan(0);
  });
});

/**
 * Two administrators in three tabs through one back end, another in another back end beside it, scripts, jobs, deaths,
 * restarts of Ray and of the consoles, and faults on any call: `play` throws where something that the console promises was
 * not kept. A failure goes on to the next seed; given by `SEED`, it is cut down to what it takes.
 */
test(
  'nobody loses a change, whatever happens',
  async () => {
    for (let seed = first; tally.histories < runs; seed++) {
      const numRuns = Math.min(A_SEED, runs - tally.histories);
      const many = tally.histories;
      const property = fc.asyncProperty(commandSequences(MOST_STEPS), (history) => runSequence(history, tally));
      const found = await fc.check(property, { numRuns, seed, endOnFailure: given === undefined });
      if (!found.failed) continue;
      const why = found.errorInstance instanceof Error ? found.errorInstance.message : String(found.errorInstance);
      failures.push({ seed, why });
      process.stdout.write(
        `SEED=${String(seed)} after ${String(tally.histories - many)}: ${why}\n${JSON.stringify(found.counterexample)}\n`,
      );
      if (given !== undefined) break;
    }
    expect(failures).toEqual([]);
    expect(tally.writes).toBeGreaterThan(0);
  },
  Math.max(180_000, runs * 1_000),
);
