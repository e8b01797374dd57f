import { describe, expect, test } from 'vitest';
import { presentFleetOf, simulatePast, simulatePastDay, type PastSample } from './past-usage.ts';
import { createScenario } from './scenarios.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Wednesday, 25 November 2026, 09:30 UTC. */
const NOW = Date.UTC(2026, 10, 25, 9, 30, 20);

const pastOf = (seed: number, now = NOW) => [...simulatePast(presentFleetOf(createScenario('demo', seed, now)), 0)];
const past = pastOf(1);
const usedIn = (sample: PastSample | undefined, id: string) =>
  [...(sample?.clusters.get(id)?.templates.values() ?? [])].reduce((sum, { used }) => sum + used, 0);
const at = (time: number) => past.find((each) => each.at === time);
const between = (from: number, to: number) => past.filter((each) => each.at >= from && each.at < to);

describe('the past of the demo fleet', () => {
  test('covers 30 days in order from a midnight UTC on, the last hours by minutes, until now', () => {
    expect(past[0]?.at).toBe(Date.UTC(2026, 9, 26));
    expect(past.at(-1)?.at).toBe(Date.UTC(2026, 10, 25, 9, 30));
    expect(past.every((each, index) => index === 0 || each.at > (past[index - 1]?.at ?? 0))).toBe(true);
    expect(new Set(between(NOW - 3 * HOUR, NOW).map(({ minutes }) => minutes))).toEqual(new Set([1]));
    expect(past[0]?.minutes).toBe(15);
  });

  test('leaves no gap in a chart of the last day, whose steps are of five minutes', () => {
    const day = between(NOW - DAY, NOW);
    expect(new Set(day.map(({ minutes }) => minutes))).toEqual(new Set([5, 1]));
    expect(day.every((each, i) => i === 0 || each.at - (day[i - 1]?.at ?? 0) <= 5 * 60_000)).toBe(true);
  });

  test('is the same for the same seed and time, and another for another seed', () => {
    const trained = (samples: readonly PastSample[]) => samples.map((each) => usedIn(each, 'train-llm')).join(' ');
    expect(trained(pastOf(1))).toBe(trained(past));
    expect(trained(pastOf(2))).not.toBe(trained(past));
  });

  test('adds up at every time: held = used + reserved + idle + dead, and the fleet has as many nodes as now', () => {
    const sums = new Set<string>();
    for (const { clusters, free } of past) {
      const total = new Map(free);
      for (const { templates } of clusters.values()) {
        for (const [templateId, { held, used, reserved, idle, dead }] of templates) {
          if (held !== used + reserved + idle + dead || Math.min(used, reserved, idle, dead) < 0) sums.add('wrong');
          total.set(templateId, (total.get(templateId) ?? 0) + held);
        }
      }
      if (Math.min(...free.values()) < 0) sums.add('negative');
      sums.add(JSON.stringify([...total].toSorted(([a], [b]) => (a < b ? -1 : 1))));
    }
    expect([...sums]).toEqual([
      JSON.stringify([
        ['16c64g', 12],
        ['4c8g', 24],
        ['8c16g', 16],
        ['gpu_a10', 8],
        ['head', 1],
      ]),
    ]);
  });

  test('ends as the fleet is', () => {
    const present = presentFleetOf(createScenario('demo', 1, NOW));
    const last = past.at(-1);
    for (const { id, templates } of present.clusters)
      for (const [templateId, { held, diedAt, usedSince }] of templates) {
        const nodes = last?.clusters.get(id)?.templates.get(templateId);
        expect(nodes).toMatchObject({ held, dead: diedAt.length });
        expect(nodes?.used).toBeGreaterThanOrEqual(usedSince.length);
      }
    expect(last?.free).toEqual(present.free);
  });

  test('has a nightly run, quiet weekends, notebooks that nobody uses, and a console that was off once', () => {
    const sunday = Date.UTC(2026, 10, 22);
    expect(usedIn(at(sunday + 3 * HOUR), 'etl-nightly')).toBe(8);
    expect(usedIn(at(sunday + 15 * HOUR), 'etl-nightly')).toBe(0);
    expect(between(sunday, sunday + DAY).every((each) => usedIn(each, 'ci') === 0)).toBe(true);
    expect(between(sunday + DAY, sunday + 2 * DAY).some((each) => usedIn(each, 'ci') > 0)).toBe(true);
    expect(past.every((each) => usedIn(each, 'notebooks') === 0)).toBe(true);
    const holes = past.filter((each, index) => index > 0 && each.at - (past[index - 1]?.at ?? 0) > 15 * 60_000);
    expect(holes).toHaveLength(1);
  });

  test('has a shortage last Tuesday: no node of a template was free', () => {
    const tuesday = Date.UTC(2026, 10, 24);
    const short = past.filter(({ free }) => free.get('4c8g') === 0);
    expect(short[0]?.at).toBe(tuesday + 10 * HOUR);
    expect(short.at(-1)?.at).toBeLessThan(tuesday + 15 * HOUR);
  });
});

test('a day before is whole, and like the others', () => {
  const begin = Date.UTC(2026, 9, 25);
  const day = [...simulatePastDay(presentFleetOf(createScenario('demo', 1, NOW)), 0, begin)];
  expect([day.length, day[0]?.at, day.at(-1)?.at]).toEqual([96, begin, begin + DAY - HOUR / 4]);
  expect(usedIn(day[12], 'etl-nightly')).toBeGreaterThan(0);
});

test('a fleet without virtual clusters has a past of free nodes', () => {
  const [first] = simulatePast(presentFleetOf(createScenario('empty', 1, NOW)), 0);
  expect(first?.clusters.size).toBe(0);
  expect(first?.free.get('4c8g')).toBe(24);
});

test('a large fleet has a shorter past, so that it starts as fast', () => {
  const samples = [...simulatePast(presentFleetOf(createScenario('large', 1, NOW)), 0)];
  expect(samples[0]?.at).toBe(Date.UTC(2026, 10, 24));
  expect(samples[0]?.clusters.size).toBe(100);
});
