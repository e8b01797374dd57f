import { describe, expect, test } from 'vitest';
import { unknown } from './sourced.ts';
import type { FreeTemplate } from './fleet.ts';
import { emptyMemory, type FleetMemory } from './fleet-memory.ts';
import type { FleetSources } from './fleet-sources.ts';
import { joinFleet } from './join.ts';
import { failing, nothingRead, readings, type SmallFleet } from '../testing/harness/small-fleet.ts';

const small: SmallFleet = {
  nodes: [
    { id: 'h', template: '4c8g', head: true },
    { id: 'a1', template: '4c8g' },
    { id: 'a2', template: '4c8g', dead: true },
    { id: 'f1', template: '4c8g' },
    { id: 'f2', template: '4c8g', dead: true },
    { id: 'g1', template: 'gpu' },
    { id: 'p1', template: 'gpu' },
  ],
  clusters: { batch: ['a1', 'a2'] },
  jobClusters: { 'kPrimaryClusterID##raysubmit_1': ['p1'] },
  supervisors: [{ submissionId: 'raysubmit_1', nodeId: 'p1', clusterId: 'kPrimaryClusterID##raysubmit_1' }],
};
const withoutState = ['list', 'liveness', 'summary', 'actors'] as const;

function pool(sources: Partial<FleetSources>, memory: FleetMemory = emptyMemory()) {
  const { fleet, memory: next } = joinFleet({ ...nothingRead, ...sources }, memory);
  const of = (templateId: string): FreeTemplate | undefined =>
    fleet.pool.templates.find((each) => each.templateId === templateId);
  return { of, memory: next };
}

const state = failing({ ...nothingRead, ...readings(small, ['state']) }, ['state'], 'node-full').state;

describe("with the state API the free pool is Ray's own word (fact 15)", () => {
  const { of } = pool(readings(small, [...withoutState, 'state']));

  test('the head is in it, under its own template', () => {
    expect(of('4c8g')).toMatchObject({
      free: { value: { count: 2, atMost: false }, source: 'state' },
      alive: { value: 3 },
      isHeadTemplate: true,
    });
    expect(of('gpu')).toMatchObject({
      free: { value: { count: 1, atMost: false } },
      alive: { value: 2 },
      isHeadTemplate: false,
    });
  });

  test('a reading without the primary cluster tells no free count, rather than another one', () => {
    const sources = readings(small, [...withoutState, 'state']);
    const value = sources.state?.last?.value.filter(({ id }) => id !== 'kPrimaryClusterID') ?? [];
    const cut = { ...sources, state: { last: { value, begunAt: 1, arrivedAt: 1 }, failure: null } };
    expect(pool(cut).of('gpu')?.free).toEqual(unknown('not-offered', 'state'));
  });
});

describe('without it the pool is at most', () => {
  const first = pool({ state, ...readings(small, withoutState) });

  test('the alive, less members, known job clusters and the head', () => {
    expect(first.of('4c8g')).toMatchObject({
      free: { value: { count: 1, atMost: true }, source: 'liveness' },
      alive: { value: 3 },
      isHeadTemplate: true,
    });
    expect(first.of('gpu')).toMatchObject({ free: { value: { count: 1, atMost: true } } });
  });

  test('it needs the nodes read after a list had arrived', () => {
    const early = { state, ...readings(small, withoutState, 2_000), ...readings(small, ['liveness'], 1_000) };
    const { of, memory } = pool(early);
    expect(of('gpu')?.free).toEqual(unknown('node-full', 'state'));
    expect(pool({ ...early, ...readings(small, ['liveness'], 2_100) }, memory).of('gpu')?.free).toMatchObject({
      known: true,
    });
  });

  test('a list that comes later takes its members away and gives others back, at once', () => {
    const moved: SmallFleet = { ...small, clusters: { batch: ['a2', 'g1'] } };
    const later = pool({ state, ...readings(small, withoutState), ...readings(moved, ['list'], 5_000) }, first.memory);
    expect(later.of('gpu')?.free).toMatchObject({ known: true, value: { count: 0, atMost: true } });
    expect(later.of('4c8g')?.free).toMatchObject({ known: true, value: { count: 2, atMost: true } });
  });

  test('it stays known over any number of lists and readings of the nodes, in turn', () => {
    let { memory } = first;
    for (let at = 2_000; at < 9_000; at += 1_000) {
      // The list came again and the nodes did not yet; then both did.
      for (const names of [['list'], ['list', 'liveness']] as const) {
        const next = pool({ state, ...readings(small, withoutState, at - 900), ...readings(small, names, at) }, memory);
        memory = next.memory;
        expect(next.of('4c8g')?.free).toMatchObject({
          known: true,
          value: { count: 1, atMost: true },
          source: 'liveness',
        });
      }
    }
  });

  test('it is as old as the list when that can not be read any more', () => {
    const sources = failing({ ...nothingRead, state, ...readings(small, withoutState) }, ['list']);
    expect(pool({ ...sources, state }, first.memory).of('gpu')?.free).toMatchObject({
      value: { count: 1 },
      source: 'list',
    });
  });

  test('an alive node whose template nobody has told yet may be of any', () => {
    const grown: SmallFleet = { ...small, nodes: [...small.nodes, { id: 'new', template: 'gpu' }] };
    const later = pool(
      { state, ...readings(small, withoutState), ...readings(grown, ['liveness'], 5_000) },
      first.memory,
    );
    expect(later.of('4c8g')).toMatchObject({
      free: { value: { count: 2, atMost: true } },
      alive: unknown('not-read-yet', 'summary'),
    });
    expect(later.of('gpu')?.free).toMatchObject({ value: { count: 2, atMost: true } });
  });

  test('before the summary came, too many are of no known template: unknown', () => {
    const { of } = pool({ state, ...readings(small, ['list', 'liveness', 'actors']) });
    expect(of('4c8g')?.free).toEqual(unknown('not-read-yet', 'summary'));
  });

  test('it is unknown when the nodes can not be read: cut at 10,000 rows too (fact 17)', () => {
    const sources = failing({ ...nothingRead, ...readings(small, withoutState) }, ['liveness'], 'truncated');
    const { of } = pool({ ...sources, state }, first.memory);
    expect(of('gpu')).toMatchObject({ free: unknown('node-full', 'state'), alive: unknown('truncated', 'liveness') });
  });

  test('it is unknown before any list', () => {
    expect(pool({ state, ...readings(small, ['liveness', 'summary', 'actors']) }).of('gpu')?.free).toEqual(
      unknown('node-full', 'state'),
    );
  });
});
