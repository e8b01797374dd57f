import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { cases } from './cases.ts';
import { play } from './play.ts';
import { histories } from './steps.ts';
import { createTally } from './tally.ts';

/** 300 with all other tests; `HISTORIES=10000 npx vitest run src/histories` plays that many. */
const runs = Number(process.env['HISTORIES'] ?? '300');
/** Plays the histories of one failure again: what it printed as its seed. */
const seed = process.env['SEED'];
/** The most that somebody and something does in one. */
const MOST_STEPS = 30;

const tally = createTally();
afterAll(() => process.stdout.write(`${tally.text()}\n`));

describe('histories that once broke a promise', () => {
  test.each(cases)('$name', async ({ history }) => {
    await play(history, createTally());
    expect(history.steps.length).toBeGreaterThan(0);
  });
});

/**
 * Two administrators in three tabs through one back end, another in another back end beside it, scripts, jobs, deaths,
 * restarts, and faults on any call: `play` throws where something that the console promises was not kept.
 */
test(
  'nobody loses a change, whatever happens',
  async () => {
    await fc.assert(
      fc.asyncProperty(histories(MOST_STEPS), (history) => play(history, tally)),
      { numRuns: runs, ...(seed === undefined ? {} : { seed: Number(seed) }) },
    );
    expect(tally.histories).toBeGreaterThanOrEqual(runs);
    expect(tally.writes).toBeGreaterThan(0);
  },
  Math.max(180_000, runs * 1_000),
);
