import { describe, expect, test } from 'vitest';
import type { UsageReply, UsageSeries } from '../../contract/usage.ts';
import { revisionOf } from '../testing/cluster-fixture.ts';
import { chartMarks } from './chart-marks.ts';
import { clusterChart, fleetChart, heightOf, plotData, stepEnd } from './chart-model.ts';
import { steppedBy } from './chart-cursor.ts';
import { stepRuns } from './step-runs.ts';

const FROM = 1_795_392_000_000;
const STEP = 60_000;

function series(values: Partial<UsageSeries>): UsageSeries {
  const held = values.held ?? [];
  const none = held.map((each) => (each === null ? null : 0));
  return {
    clusterId: null,
    templateId: null,
    held,
    used: none,
    usedMax: none,
    reserved: none,
    dead: none,
    ...values,
  };
}

function reply(total: UsageSeries, more: Partial<UsageReply> = {}): UsageReply {
  const to = FROM + total.held.length * STEP;
  return {
    from: FROM,
    to,
    known: 1,
    simulatedUntil: null,
    causes: [],
    step: STEP,
    total,
    series: [],
    others: null,
    free: null,
    load: null,
    ...more,
  };
}

describe('the chart of one virtual cluster', () => {
  const model = clusterChart(
    reply(
      series({
        held: [6, 6, null, 6],
        used: [2, 3, null, null],
        reserved: [1, 0, null, null],
        dead: [0, 1, null, 1],
      }),
    ),
  );

  test('stacks used, reserved, idle and dead up to what is held', () => {
    expect(model.layers.map(({ key }) => key)).toEqual(['used', 'reserved', 'idle', 'dead']);
    expect(model.layers.map(({ values }) => values[1])).toEqual([3, 0, 2, 1]);
    expect(model.layers.map(({ tops }) => tops[1])).toEqual([3, 3, 5, 6]);
  });

  test('idle is unknown where use is, and never counts a reserved or a dead node', () => {
    expect(model.layers.find(({ key }) => key === 'idle')?.values).toEqual([3, 2, null, null]);
  });

  test('tells apart what was not recorded and what only was not said', () => {
    expect(model.gaps).toEqual([
      { from: FROM + 2 * STEP, to: FROM + 3 * STEP, kind: 'not-recorded' },
      { from: FROM + 3 * STEP, to: FROM + 4 * STEP, kind: 'use-unknown' },
    ]);
  });

  test('joins steps of one kind into one gap', () => {
    const { gaps } = clusterChart(reply(series({ held: [1, null, null, null, 1] })));
    expect(gaps).toEqual([{ from: FROM + STEP, to: FROM + 4 * STEP, kind: 'not-recorded' }]);
  });

  test('says why nothing was recorded, where most of the time has a known cause', () => {
    const at = (step: number) => FROM + step * STEP;
    const { gaps } = clusterChart(
      reply(series({ held: [1, null, null, null, null] }), {
        causes: [
          { from: at(0.5), to: at(2.4), cause: 'console-off' },
          { from: at(3), to: at(4), cause: 'ray-unreadable' },
        ],
      }),
    );
    expect(gaps).toEqual([
      { from: at(1), to: at(2), kind: 'console-off' },
      { from: at(2), to: at(3), kind: 'not-recorded' },
      { from: at(3), to: at(4), kind: 'ray-unreadable' },
      { from: at(4), to: at(5), kind: 'not-recorded' },
    ]);
  });

  test('ends now, also where its last step would end later', () => {
    const partial = clusterChart(reply(series({ held: [1, 1] }), { to: FROM + 1.5 * STEP }));
    expect(stepEnd(partial, 1)).toBe(FROM + 1.5 * STEP);
    expect(plotData(partial)[0].at(-1)).toBe((FROM + 1.5 * STEP) / 1_000);
  });

  test('is drawn from the top down, with the end of its last step', () => {
    const [times, ...columns] = plotData(model);
    expect(times).toEqual([0, 1, 2, 3, 4].map((at) => (FROM + at * STEP) / 1_000));
    expect(columns[0]).toEqual([6, 6, null, 6, null]);
    expect(columns.at(-1)).toEqual([6, 6, null, 6, null]);
    expect(heightOf(model)).toBe(6);
  });
});

test('the chart of the fleet stacks what each held and what was free; one that is not known takes no other away', () => {
  const model = fleetChart(
    reply(series({ held: [9, 4, null] }), {
      series: [series({ clusterId: 'a', held: [5, null, null] }), series({ clusterId: 'b', held: [3, 3, null] })],
      others: { count: 4, series: series({ held: [1, 1, null] }) },
      free: [2, null, null],
    }),
  );
  expect(model.layers.map(({ key, count }) => `${key} ${String(count)}`)).toEqual([
    'series-0 1',
    'series-1 1',
    'others 4',
    'free 1',
  ]);
  expect(model.layers.map(({ tops }) => tops)).toEqual([
    [5, 0, null],
    [8, 3, null],
    [9, 4, null],
    [11, 4, null],
  ]);
});

test('steps last until the next time, and a hole ends a run', () => {
  const runs = stepRuns([0, 1, 2, 3, 4], [5, 6, null, 7, null], { from: 0, to: 4 }, (x, y) => ({ x, y }));
  expect(runs).toEqual([
    [
      { left: 0, right: 1, top: 5 },
      { left: 1, right: 2, top: 6 },
    ],
    [{ left: 3, right: 4, top: 7 }],
  ]);
});

test('keys move the crosshair within the chart, from its end at first', () => {
  expect(steppedBy('ArrowLeft', null, 10)).toBe(8);
  expect(steppedBy('ArrowRight', 9, 10)).toBe(9);
  expect(steppedBy('Home', 5, 10)).toBe(0);
  expect(steppedBy('End', 5, 10)).toBe(9);
  expect(steppedBy('PageDown', 50, 100)).toBe(40);
  expect(steppedBy('x', 5, 10)).toBeNull();
});

test('marks stand where applied changes are, and those close together are one', () => {
  const applied = { kind: 'applied', revision: revisionOf('1'), seen: 'reply', retries: 0 } as const;
  const at = (step: number, result: typeof applied | null = applied) => ({ askedAt: FROM + step * STEP, result });
  const changes = [at(90), at(91), at(10), at(50, null), at(-1), at(100)];
  expect(chartMarks({ from: FROM, to: FROM + 100 * STEP }, changes, 0.05)).toEqual([
    { place: 0.1, first: FROM + 10 * STEP, last: FROM + 10 * STEP, count: 1 },
    { place: 0.9, first: FROM + 90 * STEP, last: FROM + 91 * STEP, count: 2 },
  ]);
});
