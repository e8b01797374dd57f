import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { paths } from '../../contract/paths.ts';
import { problem } from '../../contract/problem.ts';
import { usageReply, usageSummary, usageTrends } from '../../contract/usage.ts';
import { MINUTE } from '../../domain/usage-sample.ts';
import { createHandClock, type HandClock } from '../../testing/harness/hand-clock.ts';
import { createScriptedRay, type ScriptedRay } from '../../testing/harness/scripted-ray.ts';
import { createTestConsole } from '../../testing/harness/test-console.ts';
import { createInMemoryUsageStore } from '../usage/in-memory-usage-store.ts';
import { DAY, type UsageStore } from '../usage/usage-store.ts';

let clock: HandClock;
let ray: ScriptedRay;
let store: UsageStore;
let console: ReturnType<typeof createTestConsole>;
const kept: unknown[] = [];

beforeEach(async () => {
  clock = createHandClock(20_000 * DAY);
  ray = createScriptedRay(clock);
  ray.put('=team', { '4c8g': 2 });
  store = createInMemoryUsageStore();
  kept.length = 0;
  const usage = { store, days: 400, mostBytes: 1e9, onKept: (error: unknown) => kept.push(error) };
  console = createTestConsole({ ray, clock, usage });
  await clock.settle();
});
afterEach(() => console.close());

const json = async (path: string): Promise<unknown> => (await console.ask(path)).json();
const start = 20_000 * DAY;

test('a day that passes in the simulation is before the oldest one of usage', async () => {
  const nodes = { held: 5, used: 3, reserved: 0, idle: 2, dead: 0 };
  const load = { jobs: 1, cpuUsed: 1, cpuTotal: 4, gpuUsed: 0, gpuTotal: 0 };
  const clusters = new Map([['=team', { templates: new Map([['4c8g', nodes]]), load }]]);
  const simulatedDay = (day: number) => [{ at: day, minutes: 15, clusters, free: new Map<string, number>() }];
  const usage = { store: createInMemoryUsageStore(), days: 400, mostBytes: 1e9, simulatedDay };
  const simulator = () => Promise.resolve(new Response(null, { status: 404 }));
  const simulated = createTestConsole({ ray, clock, usage, simulator });
  await clock.advance(2 * MINUTE);
  const trendsNow = async () => usageTrends.parse(await (await simulated.ask(paths.usageTrends)).json()).known;
  const before = await trendsNow();
  const reply = await simulated.write('POST', '/simulator/day');
  expect(await reply.json()).toEqual({ from: start - DAY });
  const range = `from=${String(start - DAY)}&to=${String(start)}&step=${String(15 * MINUTE)}`;
  const read = usageReply.parse(await (await simulated.ask(`${paths.usage}?${range}`)).json());
  expect([read.total.used[0], read.simulatedUntil]).toEqual([3, start]);
  expect(await trendsNow()).toBeGreaterThan(before);
  expect((await console.write('POST', '/simulator/day')).status).toBe(404);
  await simulated.close();
});

describe('usage', () => {
  test('is sampled each minute while nobody watches, and told by its routes', async () => {
    await clock.advance(10 * MINUTE);
    const range = `from=${String(start)}&to=${String(start + 20 * MINUTE)}`;
    const reply = usageReply.parse(await json(`${paths.usage}?${range}&by=template&cluster=%3Dteam`));
    expect(reply.step).toBe(MINUTE);
    // Nothing is said of times to come.
    expect(reply.to).toBe(start + 10 * MINUTE);
    expect(reply.total.held).toEqual([null, ...Array.from({ length: 9 }, () => 2)]);
    expect(reply.series[0]).toMatchObject({ clusterId: '=team', templateId: '4c8g' });
    expect(reply.load?.jobs).toHaveLength(10);
    const summary = usageSummary.parse(await json(`${paths.usageSummary}?${range}`));
    expect(summary.rows).toMatchObject([
      { clusterId: '=team', templateId: '4c8g', exists: true, held: 2, heldHours: 0.3 },
    ]);
    expect([summary.to, summary.known]).toEqual([start + 10 * MINUTE, 0.9]);
    const trends = usageTrends.parse(await json(paths.usageTrends));
    expect(trends.clusters).toMatchObject([{ clusterId: '=team' }]);
    expect(trends.clusters[0]?.held).toHaveLength(28);
    const csv = await (await console.ask(`${paths.usageExport}?${range}&by=cluster`)).text();
    expect(csv).toContain(`,"'=team",`);
    expect(csv.trim().split('\r\n')).toHaveLength(2 + 2 * 10);
    const sums = (await (await console.ask(`${paths.usageSummaryExport}?${range}`)).text()).trim().split('\r\n');
    expect(sums[0]).toBe('# 90.0 % of the range is known');
    expect(sums.at(-1)).toMatch(/^"'=team",4c8g,yes,0,0\.3,,,,\d,2,,,,0$/);
  });

  test('ends now: steps and days that are not over count as far as they are', async () => {
    await clock.advance(90 * MINUTE);
    const range = `from=${String(start)}&to=${String(clock.now())}`;
    const hours = usageReply.parse(await json(`${paths.usage}?${range}&step=${String(60 * MINUTE)}`));
    expect([hours.total.held, hours.to]).toEqual([[2, 2], clock.now()]);
    const week = `from=${String(start - 7 * DAY)}&to=${String(clock.now())}`;
    const summary = usageSummary.parse(await json(`${paths.usageSummary}?${week}`));
    expect([summary.to, summary.known]).toEqual([clock.now(), 89 / (7 * 24 * 60 + 90)]);
  });

  test('waits for no more than a few reads of each person', async () => {
    await clock.advance(2 * MINUTE);
    const replies = await Promise.all(Array.from({ length: 20 }, () => console.ask(paths.usageSummary)));
    const refused = replies.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(8);
    expect(refused[0]?.headers.get('Retry-After')).toBe('5');
    expect((await console.ask(paths.usageExport)).status).toBe(200);
  });

  test('is read by no more than two at once, and each begins in a turn of the event loop of its own', async () => {
    // A day on which a read of it takes no turn more.
    const begin = start + DAY;
    const own = createHandClock(begin + 2 * MINUTE);
    const ownRay = createScriptedRay(own);
    let begun = 0;
    const counting: UsageStore = {
      ...store,
      simulatedUntil() {
        begun += 1;
        return store.simulatedUntil();
      },
    };
    const waiting: (() => void)[] = [];
    const yieldToEventLoop = () => new Promise<void>((resolve) => waiting.push(resolve));
    const usage = { store: counting, days: 400, mostBytes: 1e9 };
    const other = createTestConsole({ ray: ownRay, clock: own, usage, yieldToEventLoop });
    const query = `?cluster=%3Dteam&from=${String(begin)}&to=${String(begin + 2 * MINUTE)}`;
    const replies = Promise.all(Array.from({ length: 12 }, () => other.ask(paths.usage + query)));
    const inTurns: number[] = [];
    for (await own.settle(); waiting.length > 0; await own.settle()) {
      inTurns.push(begun);
      begun = 0;
      expect(waiting.length).toBeLessThanOrEqual(2);
      for (const go of waiting.splice(0)) go();
    }
    inTurns.push(begun);
    expect((await replies).map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 200));
    expect(inTurns[0]).toBe(0);
    expect(Math.max(...inTurns)).toBe(2);
    const closing = other.close();
    for (await own.settle(); waiting.length > 0; await own.settle()) for (const go of waiting.splice(0)) go();
    await closing;
  });

  test('is downloaded by no more than a few at once, however slowly they take it, and again once one is done', async () => {
    await clock.advance(2 * MINUTE);
    const slow = await Promise.all([1, 2, 3, 4].map(() => console.ask(paths.usageExport)));
    expect(slow.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const refused = await console.ask(paths.usageSummaryExport);
    expect([refused.status, problem.parse(await refused.json()).problem]).toEqual([429, 'too-many-exports']);
    await slow[0]?.body?.cancel();
    expect(await slow[1]?.text()).toContain('time (UTC)');
    const again = await Promise.all([1, 2].map(() => console.ask(paths.usageSummaryExport)));
    expect(again.map(({ status }) => status)).toEqual([200, 200]);
    expect((await console.ask(paths.usageExport)).status).toBe(429);
  });

  test('has a gap where Ray could not be read, and goes on after it', async () => {
    await clock.advance(3 * MINUTE);
    ray.failing.list = 'unreachable';
    await clock.advance(5 * MINUTE);
    ray.failing.list = null;
    await clock.advance(4 * MINUTE);
    const reply = usageReply.parse(
      await json(`${paths.usage}?from=${String(start)}&to=${String(start + 12 * MINUTE)}`),
    );
    expect(reply.total.held[2]).toBe(2);
    expect(reply.total.held[6]).toBeNull();
    expect(reply.total.held[11]).toBe(2);
    expect(reply.causes).toMatchObject([{ cause: 'ray-unreadable' }]);
  });

  test('what can not be kept is told, and the console goes on', async () => {
    await clock.advance(2 * MINUTE);
    store.addMinute = () => {
      throw new Error('database or disk is full');
    };
    await clock.advance(2 * MINUTE);
    expect(kept.map((each) => each === null)).toEqual([true, true, false, false]);
    expect((await console.fleet()).clusters).toHaveLength(1);
  });

  test.each([
    ['from=2&to=1', /before/],
    [`from=${String(start + DAY)}&to=${String(start + 2 * DAY)}`, /before now/],
    ['from=x', /milliseconds since 1970/],
    ['by=node', /cluster or template/],
    ['step=5', /whole minutes/],
    [`from=${String(start - 30 * DAY)}&to=${String(start)}&step=60000`, /last 2 days/],
    [`from=${String(start - 300 * DAY)}&to=${String(start)}&step=900000`, /more than 2000 steps/],
    [`from=0&to=${String(start)}`, /4,000 days/],
  ])('%s is refused with what is wrong', async (query, words) => {
    const reply = await console.ask(`${paths.usage}?${query}`);
    expect(reply.status).toBe(400);
    expect(problem.parse(await reply.json()).detail).toMatch(words);
  });

  test('that is turned off is said', async () => {
    const other = createTestConsole({ ray, clock });
    for (const path of [paths.usage, paths.usageSummary, paths.usageTrends, paths.usageExport]) {
      const reply = await other.ask(path);
      expect([reply.status, problem.parse(await reply.json()).problem]).toEqual([404, 'usage-off']);
    }
    await other.close();
  });
});
