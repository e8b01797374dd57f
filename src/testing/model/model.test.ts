import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { regressions } from './regressions.ts';
import { runSequence } from './runner.ts';
import { commandSequences } from './command-generator.ts';
import { createCoverage } from './coverage.ts';

/** 50 by default; `HISTORIES=10000 npx vitest run src/testing/model` runs that many and prints a line for the bench. */
const requestedRuns = process.env['HISTORIES'];
const runs = Number(requestedRuns ?? '50');
/** `SEED=n`, as a failure prints it: runs the sequences of that seed again and shrinks the failing one. */
const givenSeed = process.env['SEED'];
/** The longest sequence. */
const MAX_STEPS = 30;
/** How many sequences share a seed, which bounds the time to reproduce a failure. */
const RUNS_PER_SEED = 50;

// The default 50 are the same in every run, so that a green build stays green; an explicit `HISTORIES` explores new seeds.
const firstSeed =
  givenSeed !== undefined ? Number(givenSeed) : requestedRuns === undefined ? 1 : Date.now() % 1_000_000_000;
const coverage = createCoverage();
const failures: { readonly seed: number; readonly why: string }[] = [];

afterAll(() => {
  process.stdout.write(`${coverage.text()}\n`);
  if (requestedRuns !== undefined)
    process.stdout.write(
      `BENCH ${JSON.stringify({ histories: { ...coverage.counts(), failingSeeds: failures.map(({ seed }) => seed) } })}\n`,
    );
});

describe('sequences that once violated an invariant', () => {
  test.each(regressions)('$name', async ({ sequence }) => {
    await runSequence(sequence, createCoverage());
    expect(sequence.steps.length).toBeGreaterThan(0);
  });
});

/**
 * Two administrators in three tabs on one back end, a third on a second back end, scripts, jobs, node failures, restarts of
 * Ray and of the consoles, and faults on any call. `runSequence` throws when an invariant is violated. After a failure the
 * test goes on with the next seed; with `SEED` it stops and shrinks the counterexample.
 */
test(
  'nobody loses a change, whatever happens',
  async () => {
    for (let seed = firstSeed; coverage.histories < runs; seed++) {
      const numRuns = Math.min(RUNS_PER_SEED, runs - coverage.histories);
      const runsBefore = coverage.histories;
      const property = fc.asyncProperty(commandSequences(MAX_STEPS), (sequence) => runSequence(sequence, coverage));
      const outcome = await fc.check(property, { numRuns, seed, endOnFailure: givenSeed === undefined });
      if (!outcome.failed) continue;
      const why =
        outcome.errorInstance instanceof Error ? outcome.errorInstance.message : String(outcome.errorInstance);
      failures.push({ seed, why });
      process.stdout.write(
        `SEED=${String(seed)} after ${String(coverage.histories - runsBefore)}: ${why}\n${JSON.stringify(outcome.counterexample)}\n`,
      );
      if (givenSeed !== undefined) break;
    }
    expect(failures).toEqual([]);
    expect(coverage.writes).toBeGreaterThan(0);
  },
  Math.max(180_000, runs * 1_000),
);
